import type { ResolutionFact, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import type { Given } from '../shared/fold';
import { acceptCase, assignCase, takeCase } from './assign';
import type { ResolutionCase } from './case';
import { refuseCase, rejectCase, resolveCase } from './decide';
import { askCitizen, withdrawQuestion } from './questions';
import { completeStage, issueProduct, reportProgress } from './work';
import { decideDispute, reopenCase } from './disputes';
import { extendTime, findSupervision, hearUnit, takeFirstStep } from './course-desk';
import { declareParty } from './party';
import { deliverProduct, sendProduct } from './product-desk';
import { correctRecord } from './records';
import { assessFee, cancelFee } from './fee-desk';
import { declineGift } from './gifts';
import { confirmFee, decideRefund, refundFee } from './treasury';
import { acknowledgePapers, handOverPapers, losePapers, receivePapers, returnPapers } from './paper-desk';

type Table = {
  readonly [N in StaffCommandOf<'resolution'>]: (
    state: ResolutionCase,
    ask: StaffAsk<StaffCommandBody<N>>,
    given: Given,
  ) => readonly ResolutionFact[];
};

/** Resolution's staff commands, by the name in the contract. */
export const resolutionCommands: Table = {
  take: takeCase,
  assign: assignCase,
  accept: acceptCase,
  reject: rejectCase,
  ask: askCitizen,
  'withdraw-question': withdrawQuestion,
  progress: reportProgress,
  'issue-product': issueProduct,
  'complete-stage': completeStage,
  resolve: resolveCase,
  refuse: refuseCase,

  'decline-gift': declineGift,

  'decide-dispute': decideDispute,
  reopen: reopenCase,
  'receive-papers': receivePapers,
  'hand-over-papers': handOverPapers,
  'acknowledge-papers': acknowledgePapers,
  'lose-papers': losePapers,
  'return-papers': returnPapers,

  'assess-fee': assessFee,
  'cancel-fee': cancelFee,
  'confirm-fee': confirmFee,
  'decide-refund': decideRefund,
  'refund-fee': refundFee,

  'declare-party': declareParty,
  'take-first-step': takeFirstStep,
  'extend-time': extendTime,
  'find-supervision': findSupervision,
  'hear-unit': hearUnit,

  'send-product': sendProduct,
  'deliver-product': deliverProduct,
  'correct-record': correctRecord,
};
