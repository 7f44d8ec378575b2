/** What was asked for cannot be made. The code is stable; the message says what to do. */
export class MakeError extends Error {
  name = 'MakeError';

  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
