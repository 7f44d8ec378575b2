import { SetMetadata } from '@nestjs/common';

const key = 'garda:hidden';

/** A route that is not there for whoever may not use it: he is answered as on any path that does not exist. */
export const Hidden = (): ClassDecorator => SetMetadata(key, true);

export const hiddenKey = key;
