import { runService } from '@garda/service';
import { intakeService } from './intake';

void runService(intakeService());
