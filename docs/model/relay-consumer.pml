/*
 * How facts come from one log into a topic and from there into a consumer's state, with everything that may go wrong on
 * the way. README.md beside this file says what each step is in the code, and what the model leaves out.
 *
 *   npm run model                          checks it, and that each deliberate break below is caught
 *   npm run model -- NO_CURSOR_CAS --trail shows the steps that lead to what the break does
 *
 * One log of EVENTS facts, one topic of two partitions, two relays, two members of one consumer that both believe that
 * partition 0 is theirs. FAULTS says how many times something goes wrong in one run. The whole has too many states for
 * many facts and faults, so it is also checked in halves: RELAY_HALF, what the relays make of the topic, and
 * CONSUMER_HALF, what members make of any topic that is as the first half promises.
 */
#ifndef EVENTS
#define EVENTS 4
#endif
#ifndef FAULTS
#define FAULTS 2
#endif
#ifndef BATCH
#define BATCH 2
#endif
#define CELLS 24

/* The partition was decided at append: fact 2 goes to partition 1, all others to partition 0. */
#define partitionOf(position) ((position) == 2 -> 1 : 0)
/* The nth fact of partition 0, counted from 0: 1, 3, 4, … */
#define nthOfZero(n) ((n) == 0 -> 1 : (n) + 2)
#define FACTS_OF_ZERO (EVENTS - 1)

byte faults = FAULTS;

/* ---- the log: dense positions in order of commit ---- */
bool committed[EVENTS + 1];
byte head;

#ifdef NO_APPEND_LOCK
/* Positions from a sequence: taken before the commit, so that a later one may be committed first. */
byte given;
proctype Writer() {
  byte mine;
  do
  :: atomic { given < EVENTS -> given++; mine = given }
     atomic { committed[mine] = true; if :: mine > head -> head = mine :: else fi }
  :: given == EVENTS -> break
  od
}
#else
proctype Writer() {
  do
  :: d_step { head < EVENTS -> committed[head + 1] = true; head++ }
  :: head == EVENTS -> break
  od
}
#endif

/* ---- the topic: cells never change; top is how far its numbers reach without a gap ---- */
byte cellSeq[CELLS];      /* partition 0: what its members read */
byte cellPosition[CELLS];
byte length;
byte firstOfTop;          /* where the highest number stands first */
hidden byte before;
byte top[2];
byte positionOf[2 * (EVENTS + 1)];

inline write(part, s, p) {
  /* The first occurrence of each number comes in order, and a number always means the same fact. */
  assert(s <= top[part] + 1);
#ifndef RELAY_HALF
  before = top[part];
#endif
  if
  :: s > top[part] -> top[part] = s; positionOf[part * (EVENTS + 1) + s] = p
  :: else -> assert(positionOf[part * (EVENTS + 1) + s] == p)
  fi;
#ifndef RELAY_HALF
  if
  :: part == 0 ->
       assert(length < CELLS);
       if :: s > before -> firstOfTop = length :: else fi;
       cellSeq[length] = s; cellPosition[length] = p; length++
  :: else
  fi
#endif
}

#ifdef CONSUMER_HALF
/* Any topic in which the first occurrence of each number comes in order and a number always means the same fact. */
byte repeats = FAULTS + 1;
proctype AnyTopic() {
  byte s;
  do
  :: d_step { top[0] < FACTS_OF_ZERO -> s = top[0] + 1; write(0, s, nthOfZero(s - 1)); s = 0 }
  :: atomic { top[0] > 0 && repeats > 0 -> repeats--; s = 1;
       do
       :: s < top[0] -> s++
       :: break
       od;
       write(0, s, nthOfZero(s - 1)); s = 0 }
  od
}
#endif

/* ---- one request on its way that arrives when its sender has long given it up ---- */
byte lateCount; byte latePart; byte lateSeq[BATCH]; byte latePosition[BATCH];

proctype Network() {
  byte i;
  do
  :: d_step { lateCount > 0 ->
       i = 0;
       do
       :: i < lateCount -> write(latePart, lateSeq[i], latePosition[i]); i++
       :: else -> break
       od;
       lateCount = 0; i = 0 }
  od
}

/* ---- the checkpoint: one row, moved by compare-and-set ---- */
byte checkpoint;
byte seqs[2];

inline advance() {
  d_step {
    if
#ifndef NO_CHECKPOINT_CAS
    :: checkpoint != from -> skip                    /* another relay was faster */
#endif
    :: else ->
         assert(to >= checkpoint);                   /* it never goes back */
         checkpoint = to; seqs[0] = next[0]; seqs[1] = next[1];
#ifndef NO_APPEND_LOCK
         assert(seqs[0] <= top[0] && seqs[1] <= top[1])  /* it is never beyond the topic */
#endif
    fi
  }
}

/* One statement: the checkpoint, and the rows that follow it, numbered from it. Any limit. */
inline readRows() {
  atomic {
    head > checkpoint ->
    from = checkpoint; to = from; next[0] = seqs[0]; next[1] = seqs[1]; n = 0; p = from + 1;
    do
    :: p <= head && n < BATCH ->
         if
         :: committed[p] ->
              next[partitionOf(p)]++;
              rowPosition[n] = p; rowSeq[n] = next[partitionOf(p)]; n++; to = p
         :: else
         fi;
         p++
    :: n > 0 -> break
    od;
    p = 0
  }
}

inline writeRows(part) {
  i = 0;
  do
  :: i < n -> if :: partitionOf(rowPosition[i]) == part -> write(part, rowSeq[i], rowPosition[i]) :: else fi; i++
  :: else -> break
  od;
  i = 0
}

/* The rows of one partition: each part of a send may have a fate of its own. */
inline sendPart(part) {
  if
  :: atomic { next[part] == was[part] -> skip }                              /* no row of this partition */
  :: atomic { next[part] > was[part] -> writeRows(part); some = true }
  :: atomic { next[part] > was[part] && faults > 0 -> faults--; writeRows(part); sure = false }  /* the answer is lost */
  :: atomic { next[part] > was[part] && faults > 0 -> faults--; sure = false }                   /* the request is lost */
  :: atomic { next[part] > was[part] && faults > 0 -> faults--; writeRows(part); writeRows(part); some = true } /* doubled */
  :: atomic { next[part] > was[part] && faults > 0 && lateCount == 0 ->                          /* it comes much later */
       faults--; sure = false; latePart = part; i = 0;
       do
       :: i < n ->
            if
            :: partitionOf(rowPosition[i]) == part ->
                 lateSeq[lateCount] = rowSeq[i]; latePosition[lateCount] = rowPosition[i]; lateCount++
            :: else
            fi;
            i++
       :: else -> break
       od;
       i = 0 }
  fi
}

/* ---- a relay; a crash at any point is an answer that is lost ---- */
proctype Relay() {
  byte from; byte to; byte n; byte p; byte i;
  byte next[2]; byte was[2]; byte rowSeq[BATCH]; byte rowPosition[BATCH];
  bool sure; bool some;
  do
  :: readRows();
     d_step { sure = true; some = false; was[0] = 0; was[1] = 0; i = 0;
       was[0] = next[0]; was[1] = next[1];
       do
       :: i < n -> was[partitionOf(rowPosition[i])]--; i++
       :: else -> break
       od;
       i = 0 }
#ifdef CHECKPOINT_FIRST
     advance();
     sendPart(0);
     sendPart(1)
#else
#ifdef OVERLAPPING_SENDS
     /* The next batch goes out before this one is answered: what was sent first may arrive last. */
     if
     :: atomic { n == BATCH && lateCount == 0 && partitionOf(rowPosition[0]) == partitionOf(rowPosition[1]) ->
          latePart = partitionOf(rowPosition[0]);
          lateSeq[0] = rowSeq[0]; latePosition[0] = rowPosition[0]; lateCount = 1;
          rowSeq[0] = rowSeq[1]; rowPosition[0] = rowPosition[1]; n = 1;
          was[latePart] = next[latePart] - 1 }
     :: skip
     fi;
#endif
     sendPart(0);
     sendPart(1);
     if
     :: sure -> advance()
#ifdef BELIEVED_SEND
     :: !sure && some -> advance()                    /* one broker answered, the other was never asked again */
#endif
     :: else -> skip                                  /* not confirmed: from the checkpoint again */
     fi
#endif
  od
}

/* ---- the consumer: cursor row and effect ---- */
byte cursorSeq; byte cursorNext; byte revision;
byte applied;

/* Every fact once and in order: the next effect is the next fact. */
inline effect(cell) {
  assert(applied < FACTS_OF_ZERO && cellPosition[cell] == nthOfZero(applied));
  applied++
}

inline effects() {
  i = first;
  do
  :: i < first + fresh -> effect(i); i++
  :: else -> break
  od;
  i = 0
}

inline moveCursor() {
  cursorSeq = cellSeq[first + fresh - 1]; cursorNext = first + fresh; revision++
}

/* Which of the fetched cells follow the cursor as it was read. */
inline judge() {
  first = offset; fresh = 0; hole = false;
#ifdef OFFSETS_TRUSTED
  fresh = n;
#else
  do
  :: first < offset + n && cellSeq[first] <= seen -> first++
  :: else -> break
  od;
  i = first;
  do
  :: i < offset + n && cellSeq[i] <= seen + fresh && fresh > 0 -> break    /* a repeat behind fresh ones: the next fetch */
#ifdef NO_GAP_CHECK
  :: i < offset + n && cellSeq[i] > seen -> fresh++; i++
#else
  :: i < offset + n && cellSeq[i] == seen + fresh + 1 -> fresh++; i++
  :: i < offset + n && cellSeq[i] > seen + fresh + 1 -> hole = (fresh == 0); break
#endif
  :: i >= offset + n -> break
  od;
  i = 0
#endif
}

/* ---- a member, whether the partition is still its own or not ---- */
proctype Member() {
  byte offset; byte n; byte seen; byte rev; byte next; byte first; byte fresh; byte i;
  bool hole; bool sought; byte soughtFor;
  bool known; byte knownSeq; byte knownRev;                                                   /* as its own move left it */
  do
  :: atomic { offset < length -> if :: n = 1 :: offset + 1 < length -> n = 2 fi }             /* fetch */
     d_step {
       if
       :: known -> seen = knownSeq; rev = knownRev; judge()
       :: else
       fi;
       if
       :: !known || fresh == 0 -> seen = cursorSeq; rev = revision; next = cursorNext; judge() /* read the cursor */
       :: else
       fi;
       known = false; knownSeq = 0; knownRev = 0 }
     if
     :: fresh == 0 && hole ->
          d_step { assert(!(sought && soughtFor == seen));                                    /* stopped at a hole */
                   sought = true; soughtFor = seen; offset = next }
     :: fresh == 0 && !hole -> d_step { if :: next > offset + n -> offset = next :: else -> offset = offset + n fi }
     :: fresh > 0 ->
#ifdef CURSOR_AFTER_EFFECT
          d_step { rev == revision -> effects() };
          if
          :: d_step { moveCursor(); offset = first + fresh }
          :: d_step { faults > 0 -> faults--; offset = cursorNext }                           /* it dies between the two */
          fi
#else
#ifdef CURSOR_BEFORE_EFFECT
          d_step { rev == revision -> moveCursor() };
          if
          :: d_step { effects(); offset = first + fresh }
          :: d_step { faults > 0 -> faults--; offset = cursorNext }
          fi
#else
          if
          :: d_step {                                                                         /* one transaction */
#ifndef NO_CURSOR_CAS
               rev == revision ->
#endif
               effects(); moveCursor(); offset = first + fresh; sought = false;
               known = true; knownSeq = cursorSeq; knownRev = revision }
          :: d_step { rev != revision -> offset = cursorNext }                                /* moved: nothing applied */
          :: d_step { faults > 0 -> faults--; skip }                                          /* rolled back */
          fi
#endif
#endif
     fi;
     d_step { n = 0; seen = 0; rev = 0; next = 0; first = 0; fresh = 0; hole = false }
  /* It starts anew, from a cursor that it may have read long ago. */
  :: atomic { faults > 0 && cursorNext > 0 -> faults--; sought = false; offset = 0;
       if
       :: known = false; knownSeq = 0; knownRev = 0                                           /* another process */
       :: skip                                                                                /* the same, assigned anew */
       fi;
       do
       :: offset < cursorNext -> offset++
       :: break
       od }
  /* The client skips what it was to hand over, and lands on what is new: README.md says why not on a repeat. */
  :: atomic { faults > 0 && !sought && offset < firstOfTop && top[0] > cursorSeq + 1 -> faults--; offset = firstOfTop }
  od
}

/* ---- when nothing can move any more, everything has arrived ---- */
proctype Rest() {
  timeout ->
#ifndef CONSUMER_HALF
    assert(checkpoint == EVENTS);
    assert(top[0] == FACTS_OF_ZERO && top[1] == 1);
#endif
#ifndef RELAY_HALF
    assert(applied == FACTS_OF_ZERO);
#endif
    skip
}

init {
  atomic {
#ifdef CONSUMER_HALF
    run AnyTopic();
#else
    run Writer();
#ifdef NO_APPEND_LOCK
    run Writer();
#endif
    run Network(); run Relay(); run Relay();
#endif
#ifndef RELAY_HALF
    run Member(); run Member();
#endif
    run Rest()
  }
}
