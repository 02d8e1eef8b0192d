import DurableFiles
import Spooling
import Testing

/// Tests of the queue's decisions about orders: earlier events, the order, expected effects.
@Suite("Decisions about orders")
struct OrderDecisionTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: [QueueEvent]
    let event: QueueEvent
    let effects: [QueueEffect]

    init(_ title: String, _ before: [QueueEvent], _ event: QueueEvent, _ effects: [QueueEffect]) {
      (testDescription, self.before, self.event, self.effects) = (title, before, event, effects)
    }
  }

  private static let a = JobIdentifier(number: 1, name: "a")
  private static let (alice, bob) = (OrderGiver(userID: 5, userName: "alice"), OrderGiver(userID: 6, userName: "bob"))
  private static let boss = OrderGiver(userID: 9, userName: "boss", isOperator: true)
  private static let brief = JobBrief(place: .init(priority: 3), submitter: Submitter(userID: 5))

  private static let claimed: [QueueEvent] = [.claimed(a, name: "a.yaml")]
  private static let waiting = claimed + [.accepted(a, brief)]
  private static let running: [QueueEvent] = waiting + [.moved(.init(a, from: .queued, .start))]
  private static let ending = running + [.ended(a, .putOff(reason: "x"))]

  private static func given(_ order: SpoolOrder, _ name: String = "a", by giver: OrderGiver = alice) -> GivenOrder {
    GivenOrder(order, name, by: giver, priority: order == .priority ? 7 : nil)
  }

  private static func order(
    _ order: SpoolOrder, _ place: OrderTarget.Place? = .state(.queued), by giver: OrderGiver = alice,
    isExpected: Bool = false, hasCheckpoint: Bool = false, hasObeyed: Bool = false
  ) -> QueueEvent {
    let targets =
      place.map { [OrderTarget(a, $0, submitterID: 5, hasCheckpoint: hasCheckpoint, hasObeyed: hasObeyed)] } ?? []
    return .ordered(given(order, by: giver), targets, isExpected: isExpected)
  }

  private static func told(_ order: SpoolOrder, _ state: JobState?, by giver: OrderGiver = alice) -> [QueueEffect] {
    let given = given(order, by: giver)
    return (state.map { [.noteOrder(given, a, in: $0)] } ?? []) + [.tell(.ordered(a, given, in: state))]
  }

  private static func answer(
    _ kind: OrderAnswer.Kind, _ order: SpoolOrder, _ reason: String, job: JobIdentifier? = a,
    by giver: OrderGiver = alice
  ) -> [QueueEffect] {
    [
      .tell(.orderIgnored(OrderAnswer(kind, order, "a", job, by: giver, reason: reason))),
      .removeOrder(.init(order, "a")),
    ]
  }

  private static let refusal =
    "the job belongs to another user; only its submitter, root and operators may give it orders"

  static let waitingJobs: [Row] = [
    Row(
      "cancel", waiting, order(.cancel),
      told(.cancel, .queued) + [
        .explain(a, in: .queued, reason: "cancelled by alice (uid 5) while it waited"),
        .move(.init(a, from: .queued, .cancel, .reason("cancelled by alice (uid 5) while it waited"))),
        .removeOrder(.init(.cancel, "a")),
      ]),
    Row(
      "hold", waiting, order(.hold),
      told(.hold, .queued) + [.move(.init(a, from: .queued, .hold)), .removeOrder(.init(.hold, "a"))]),
    Row(
      "priority", waiting, order(.priority),
      told(.priority, .queued) + [
        .prioritise(a, in: .queued, OrderedPriority(7, isByOperator: false)), .removeOrder(.init(.priority, "a")),
      ]),
    Row(
      "priority by an operator", waiting, order(.priority, by: boss),
      told(.priority, .queued, by: boss) + [
        .prioritise(a, in: .queued, OrderedPriority(7, isByOperator: true)), .removeOrder(.init(.priority, "a")),
      ]),
    Row(
      "an order of another user is refused", waiting, order(.cancel, by: bob),
      answer(.refused, .cancel, refusal, by: bob)),
    Row(
      "finish does not apply", waiting, order(.finish),
      answer(.ignored, .finish, "000001-a is queued and cannot be finished early")),
    Row("finish waits for a job that has run before", waiting, order(.finish, hasCheckpoint: true), []),
    Row(
      "finish waits for a job that had received it before the daemon ended", waiting, order(.finish, hasObeyed: true),
      []),
    Row(
      "an order that was told is not told again", waiting + [order(.hold)], order(.hold),
      [.move(.init(a, from: .queued, .hold)), .removeOrder(.init(.hold, "a"))]),
    Row("an order to an arriving job waits", claimed, order(.hold, .claim), []),
    Row(
      "an order of another user to an arriving job is refused", claimed, order(.hold, .claim, by: bob),
      answer(.refused, .hold, refusal, by: bob)),
    Row("an order to a job whose ending is not written waits", ending, order(.cancel, .state(.running)), []),
    Row("an order to a job in incoming waits", [], order(.hold, nil, isExpected: true), []),
    Row(
      "an order means the job in incoming rather than an ended one", [],
      order(.hold, .state(.finished), isExpected: true), []),
    Row(
      "an order without a job", [], order(.hold, nil),
      answer(
        .ignored, .hold, "alice (uid 5) has no job of this name; use the number for the job of another user", job: nil)
    ),
    Row(
      "an order to a job that was rejected means no other job", claimed + [order(.hold, .claim), .removed(a)],
      .ordered(
        given(.hold), [OrderTarget(JobIdentifier(number: 0, name: "a"), .state(.queued), submitterID: 5)],
        isExpected: false),
      answer(.ignored, .hold, "000001-a was rejected or removed meanwhile")),
    Row(
      "a rejected file can be removed", [], order(.remove, .rejected),
      [
        .tell(.ordered(a, given(.remove), in: nil)), .removeRejection(a), .removeOrder(.init(.remove, "a")),
      ]),
    Row(
      "a rejected file obeys no other order", [], order(.cancel, .rejected),
      answer(.ignored, .cancel, "000001-a was rejected and cannot be cancelled")),
    Row(
      "an order means the job in incoming rather than a rejected file", [],
      order(.hold, .rejected, isExpected: true), []),
    Row(
      "a rejected file of another user stays", [], order(.remove, .rejected, by: bob),
      answer(.refused, .remove, refusal, by: bob)),
  ]

  static let otherJobs: [Row] = [
    Row(
      "release", [], order(.release, .state(.held)),
      told(.release, .held) + [.move(.init(a, from: .held, .release)), .removeOrder(.init(.release, "a"))]),
    Row(
      "cancel a running job", running, order(.cancel, .state(.running)),
      told(.cancel, .running) + [.handOn(.cancel, a)]),
    Row(
      "a running job gets an order once", running + [order(.cancel, .state(.running))],
      order(.cancel, .state(.running)), []),
    Row(
      "the reason names who cancelled a running job", running + [order(.cancel, .state(.running))],
      .ended(a, .cancelled(reason: "x")),
      [
        .explain(a, in: .running, reason: "cancelled by alice (uid 5) while running"),
        .move(.init(a, from: .running, .cancel, .reason("cancelled by alice (uid 5) while running"))),
      ]),
    Row(
      "the order goes when the job has ended", running + [order(.finish, .state(.running)), .ended(a, .finished)],
      .moved(.init(a, from: .running, .finish)),
      [.tell(.finished(a, result: "/spool/results/000001-a")), .removeOrder(.init(.finish, "a"))]),
    Row(
      "an order to cancel that came too late is answered",
      running + [order(.cancel, .state(.running)), .ended(a, .finished)],
      .moved(.init(a, from: .running, .finish)),
      [.tell(.finished(a, result: "/spool/results/000001-a"))] + answer(.ignored, .cancel, "the job had ended before")),
    Row(
      "an order survives the interruption of its job",
      running + [order(.cancel, .state(.running)), .ended(a, .interrupted)],
      .moved(.init(a, from: .running, .interrupt)), [.tell(.interrupted(a))]),
    Row(
      "a job without a model cannot finish", running + [order(.finish, .state(.running))],
      .notFinished(a, hasCheckpoint: false),
      answer(
        .ignored, .finish, "the job has no model yet that could be its result; cancel it, or wait until it trains")),
    Row(
      "a job that continues from a checkpoint soon has a model", running + [order(.finish, .state(.running))],
      .notFinished(a, hasCheckpoint: true), []),
    Row(
      "an order to finish survives the interruption of a job without a checkpoint",
      running + [
        order(.finish, .state(.running)), .ended(a, .interrupted), .moved(.init(a, from: .running, .interrupt)),
      ], order(.finish), []),
    Row(
      "it is given again until the job has a model",
      running + [
        order(.finish, .state(.running)), .ended(a, .interrupted), .moved(.init(a, from: .running, .interrupt)),
        .moved(.init(a, from: .queued, .start)), order(.finish, .state(.running)),
        .notFinished(a, hasCheckpoint: false),
      ], order(.finish, .state(.running)), [.handOn(.finish, a)]),
    Row(
      "hold does not apply to a running job", running, order(.hold, .state(.running)),
      answer(.ignored, .hold, "000001-a is running and cannot be held")),
    Row("a retry inspects the data first", [], order(.retry, .state(.failed)), told(.retry, .failed)),
    Row(
      "after the inspection the job moves", [order(.retry, .state(.failed))],
      .inspected(
        Inspection(id: a, purpose: .retry(from: .failed, order: "a"), number: 1),
        .sound(brief, JobContent(inputs: "1")), nowSeconds: 0),
      [
        .forgetAttempts(a, in: .failed, inputs: Array("1".utf8)),
        .move(.init(a, from: .failed, .retry, .retry(brief))), .removeOrder(.init(.retry, "a")),
      ]),
    Row(
      "unreadable data does not prevent a retry", [order(.retry, .state(.failed))],
      .inspected(
        Inspection(id: a, purpose: .retry(from: .failed, order: "a"), number: 1), .unfit(reason: "no"), nowSeconds: 0),
      [
        .forgetAttempts(a, in: .failed, inputs: nil), .move(.init(a, from: .failed, .retry, .retry(nil))),
        .removeOrder(.init(.retry, "a")),
      ]),
    Row(
      "an order to remove waits for a retry", [order(.retry, .state(.failed))], order(.remove, .state(.failed)), []),
    Row(
      "remove", [], order(.remove, .state(.finished)),
      told(.remove, .finished) + [.removeJob(a, in: .finished), .removeOrder(.init(.remove, "a"))]),
    Row(
      "a running job is not removed", running, order(.remove, .state(.running)),
      answer(.ignored, .remove, "000001-a is running and cannot be removed")),
    Row(
      "remove a result whose job is gone", [], order(.remove, .result),
      told(.remove, nil) + [.removeJob(a, in: nil), .removeOrder(.init(.remove, "a"))]),
    Row(
      "rerun", waiting + [.moved(.init(a, from: .queued, .cancel))], order(.rerun, .state(.cancelled)),
      told(.rerun, .cancelled) + [.rerun(given(.rerun), of: a, as: JobIdentifier(number: 2, name: "a"))]),
  ]

  static let files: [Row] = [
    Row(
      "an order that cannot be removed is reported", [], .orderStuck(.init(.cancel, "a"), reason: "x"),
      [.tell(.orderIgnored(OrderAnswer(.ignored, .cancel, "a", reason: "x")))]),
    Row(
      "an order that cannot be removed is reported once", [.orderStuck(.init(.cancel, "a"), reason: "x")],
      .orderStuck(.init(.cancel, "a"), reason: "x"), []),
    Row(
      "an order that was removed and came back is reported again",
      [.orderStuck(.init(.cancel, "a"), reason: "x"), .ordersListed(.cancel, [])],
      .orderStuck(.init(.cancel, "a"), reason: "x"),
      [.tell(.orderIgnored(OrderAnswer(.ignored, .cancel, "a", reason: "x")))]),
    Row(
      "something odd is reported and removed", [], .oddOrder(.init(.cancel, "a"), nil, reason: "it is a folder"),
      [
        .tell(.orderIgnored(OrderAnswer(.ignored, .cancel, "a", reason: "it is a folder"))),
        .clearOrder(.init(.cancel, "a")),
      ]),
  ]

  @Test("every decision about an order", arguments: waitingJobs + otherJobs + files)
  func decision(_ row: Row) {
    var state = QueueState(SpoolLayout(root: "/spool"), limits: QueueLimits(maximumRunning: 1))
    for event in row.before {
      _ = state.apply(event)
      #expect(state.contradictions.isEmpty, "after \(event)")
    }
    #expect(state.apply(row.event) == row.effects)
    #expect(state.contradictions.isEmpty)
  }

  @Test("a name means the newest job that has not ended, else the newest")
  func newest() {
    func choice(_ states: [JobState]) -> Int? {
      let targets = states.enumerated().map { number, state in
        OrderTarget(JobIdentifier(number: number + 1, name: "a"), .state(state), submitterID: 5)
      }
      return OrderTarget.chosen(targets)?.id.number
    }
    #expect(choice([.queued, .queued]) == 2)
    #expect(choice([.running, .finished]) == 1)
    #expect(choice([.failed, .finished]) == 2)
    #expect(choice([.queued, .running, .finished]) == 2)
    #expect(choice([]) == nil)
  }

  @Test("a new priority changes the turn of waiting and blocked jobs")
  func priorities() {
    var state = QueueState(SpoolLayout(root: "/spool"), limits: QueueLimits(maximumRunning: 1))
    let b = JobIdentifier(number: 2, name: "b")
    for event in Self.waiting + [.claimed(b, name: "b.yaml"), .accepted(b, Self.brief)] { _ = state.apply(event) }
    _ = state.apply(.prioritised(b, OrderedPriority(4, isByOperator: false)))
    _ = state.apply(.turn(space: nil))
    let first = state.nextInspections(nowSeconds: 0)
    #expect(first.map(\.id) == [b])
    #expect(state.contradictions.isEmpty)
  }
}
