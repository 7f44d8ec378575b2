"""Reads an Open311 endpoint as the published client does, unchanged, and prints what it was told as one JSON line."""
import json
import sys

from georeport import GeoReport

root, number = sys.argv[1:]
told = {}
for form in ("json", "xml"):
    client = GeoReport(root, output_format=form)
    services = client.get_service_list()
    code = services[-1]["service_code"]
    told[form] = {
        "services": [service["service_code"] for service in services],
        "definition": client.get_service_definition(code),
        "requests": [request["service_request_id"] for request in client.get_service_requests()],
        "request": client.get_service_request(number),
    }
print(json.dumps(told))
