export { escaped } from './escaped';
export { receiptHtml } from './html';
export { receiptPdf } from './pdf';
export { printedReceiptOf, type PrintedReceipt } from './receipt';
