import { runService } from '@garda/service';
import { gatewayService } from './gateway';

void runService(gatewayService());
