import { runService } from '@garda/service';
import { routingService } from './routing';

void runService(routingService());
