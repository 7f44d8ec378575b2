import { tripRecord } from '@garda/contracts';
import { Creates, Ctx, Needs, type RequestContext } from '@garda/service';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { createZodDto } from 'nestjs-zod';
import { TripDecisions, type TripAnswer } from './trip-decisions';

class TripRecordBody extends createZodDto(tripRecord) {}

/** Errands, through the gateway: they belong to no case. */
@Controller('internal/trips')
export class TripsController {
  constructor(@Inject(TripDecisions) private readonly trips: TripDecisions) {}

  @Post()
  @Needs('trip.record')
  @Creates()
  record(@Body() body: TripRecordBody, @Ctx() context: RequestContext): Promise<TripAnswer> {
    return this.trips.record(body, context);
  }

  @Post(':tripId/approve')
  @HttpCode(200)
  @Needs('trip.approve')
  approve(@Param('tripId', ParseUUIDPipe) tripId: string, @Ctx() context: RequestContext): Promise<TripAnswer> {
    return this.trips.approve(tripId.toLowerCase(), context);
  }
}
