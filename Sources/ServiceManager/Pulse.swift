internal import Glibc
internal import Synchronization

/// When a service does something without being asked: a thread of its own that sleeps until the next deadline.
///
/// An idle service wakes up for systemd's watchdog, and once a minute to see whether something lies in a folder that no
/// event told of. Both are done here, because waking the loop wakes three threads. The watchdog is told of life only
/// where the loop turns: what has been put before it is dealt with in time.
package final class Pulse: Sendable {
  /// What the thread does, and how often.
  package struct Duties: Sendable {
    /// Seconds between two signs of life; nil where systemd wants none.
    let lifeSeconds: Double?
    /// Gives a sign of life, if there is life.
    let showLife: @Sendable () -> Void
    /// Seconds between two looks at the folders.
    let lookSeconds: Double
    /// Looks at the folders, and tells the loop of what lies there.
    let look: @Sendable () -> Void
    /// The loop's deadline has come.
    let wake: @Sendable () -> Void

    package init(
      lifeSeconds: Double?, showLife: @escaping @Sendable () -> Void, lookSeconds: Double,
      look: @escaping @Sendable () -> Void, wake: @escaping @Sendable () -> Void
    ) {
      self.lifeSeconds = lifeSeconds
      self.showLife = showLife
      self.lookSeconds = lookSeconds
      self.look = look
      self.wake = wake
    }
  }

  /// What the thread has to do at a moment.
  private struct Agenda: Sendable, Equatable {
    var lifeDue: Double
    var lookDue: Double
    /// Infinity while the loop waits for events only.
    var wakeDue = Double.infinity
    var isOver = false

    var next: Double { min(lifeDue, lookDue, wakeDue) }
  }

  private let duties: Duties
  private let secondsNow: @Sendable () -> Double
  private let agenda: Mutex<Agenda>
  private let alarm: Alarm

  /// Begins at once.
  package init(_ duties: Duties, secondsNow: @escaping @Sendable () -> Double) {
    self.duties = duties
    self.secondsNow = secondsNow
    alarm = Alarm()
    let now = secondsNow()
    agenda = Mutex(
      Agenda(lifeDue: now + (duties.lifeSeconds ?? .infinity), lookDue: now + duties.lookSeconds))
    startThread { [self] in run() }
  }

  /// Has the loop woken at a time; only the last one counts, and infinity means not at all.
  package func wake(at seconds: Double) {
    let isEarlier = agenda.withLock { agenda in
      defer { agenda.wakeDue = seconds }
      return seconds < agenda.next
    }
    // A later deadline lets the thread sleep: it finds out when it wakes anyway.
    if isEarlier { alarm.ring() }
  }

  package func end() {
    agenda.withLock { $0.isOver = true }
    alarm.ring()
  }

  private func run() {
    while true {
      let (now, known) = (secondsNow(), agenda.withLock { $0 })
      guard !known.isOver else { return }
      if known.next > now { alarm.sleep(seconds: known.next - now) }
      for duty in due() { duty() }
    }
  }

  /// What is due now; it will be due again after its time.
  private func due() -> [@Sendable () -> Void] {
    let now = secondsNow()
    return agenda.withLock { agenda in
      var duties: [@Sendable () -> Void] = []
      if agenda.lifeDue <= now {
        agenda.lifeDue = now + (self.duties.lifeSeconds ?? .infinity)
        duties.append(self.duties.showLife)
      }
      if agenda.lookDue <= now {
        agenda.lookDue = now + self.duties.lookSeconds
        duties.append(self.duties.look)
      }
      if agenda.wakeDue <= now {
        agenda.wakeDue = .infinity
        duties.append(self.duties.wake)
      }
      return duties
    }
  }
}

/// A sleep that can be cut short; one system call each time, and no other thread.
private final class Alarm: Sendable {
  /// Beyond this a sleep is looked at again: the arithmetic of the system's clock ends somewhere.
  private static let maximumSeconds = 1e6

  private nonisolated(unsafe) let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private nonisolated(unsafe) let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private nonisolated(unsafe) let isRinging = UnsafeMutablePointer<Bool>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
    isRinging.initialize(to: false)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    condition.deallocate()
    isRinging.deallocate()
  }

  func ring() {
    pthread_mutex_lock(lock)
    isRinging.pointee = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(lock)
  }

  func sleep(seconds: Double) {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let (whole, part) = min(seconds, Self.maximumSeconds).split
    end.tv_sec += whole
    end.tv_nsec += part
    if end.tv_nsec >= 1_000_000_000 {
      end.tv_sec += 1
      end.tv_nsec -= 1_000_000_000
    }
    pthread_mutex_lock(lock)
    while !isRinging.pointee, pthread_cond_timedwait(condition, lock, &end) == 0 {}
    isRinging.pointee = false
    pthread_mutex_unlock(lock)
  }
}

extension Double {
  /// Whole seconds, and the rest in nanoseconds.
  fileprivate var split: (seconds: Int, nanoseconds: Int) {
    let whole = rounded(.down)
    return (Int(whole), min(999_999_999, Int((self - whole) * 1e9)))
  }
}

/// Runs `body` on a thread that ends with it.
private func startThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(run: body))
  var thread = pthread_t()
  let problem = pthread_create(
    &thread, nil,
    { argument in
      let body = argument.map { Unmanaged<ThreadBody>.fromOpaque($0).takeRetainedValue() }
      body?.run()
      return nil
    }, box.toOpaque())
  precondition(problem == 0, "no thread for the pulse of the daemon: error \(problem)")
  pthread_detach(thread)
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}
