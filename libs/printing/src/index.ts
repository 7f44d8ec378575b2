export { receiptHtml } from './html';
export { receiptPdf } from './pdf';
export { receiptOf, type Receipt } from './receipt';
