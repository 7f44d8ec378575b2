import { runService } from '@garda/service';
import { resolutionService } from './resolution';

void runService(resolutionService());
