internal import Glibc
internal import Synchronization
internal import Threads

/// A timer thread for the periodic duties of a service.
///
/// An idle service wakes for systemd's watchdog, and once a minute to check the folders for names
/// without events. This thread does both, because waking the loop would wake three threads. It
/// notifies the watchdog only if the loop handles its events in time.
package final class Pulse: Sendable {
  /// The duties of the thread and their intervals.
  package struct Duties: Sendable {
    /// Seconds between watchdog notifications; nil without a watchdog.
    let lifeSeconds: Double?
    /// Notifies the watchdog if the service is alive.
    let showLife: @Sendable () -> Void
    /// Seconds between checks of the folders.
    let lookSeconds: Double
    /// Checks the folders and notifies the loop of their content.
    let look: @Sendable () -> Void
    /// Called at the loop's deadline.
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

  /// The next times of the duties.
  private struct Agenda: Sendable, Equatable {
    var lifeDue: Double
    var lookDue: Double
    /// Infinity if the loop only waits for events.
    var wakeDue = Double.infinity
    var isOver = false

    var next: Double { min(lifeDue, lookDue, wakeDue) }
  }

  private let duties: Duties
  private let secondsNow: @Sendable () -> Double
  private let agenda: Mutex<Agenda>
  private let alarm: Alarm

  /// Starts the thread.
  package init(_ duties: Duties, secondsNow: @escaping @Sendable () -> Double) {
    self.duties = duties
    self.secondsNow = secondsNow
    alarm = Alarm()
    let now = secondsNow()
    agenda = Mutex(
      Agenda(lifeDue: now + (duties.lifeSeconds ?? .infinity), lookDue: now + duties.lookSeconds))
    let code = SystemThread.start { [self] in run() }
    precondition(code == 0, "cannot start the timer thread: error \(code)")
  }

  /// Sets the loop's deadline, which replaces the last one; infinity for none.
  package func wake(at seconds: Double) {
    let isEarlier = agenda.withLock { agenda in
      defer { agenda.wakeDue = seconds }
      return seconds < agenda.next
    }
    // A later deadline need not wake the thread; it is read at the next wake-up.
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

  /// Returns the duties that are due, and schedules their next times.
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

/// A sleep that can be interrupted, with one system call and no additional thread.
private final class Alarm: Sendable {
  /// The maximum duration of one sleep, which keeps the time arithmetic in range.
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
  /// The whole seconds and the remaining nanoseconds.
  fileprivate var split: (seconds: Int, nanoseconds: Int) {
    let whole = rounded(.down)
    return (Int(whole), min(999_999_999, Int((self - whole) * 1e9)))
  }
}
