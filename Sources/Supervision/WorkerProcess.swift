internal import CProcesses
internal import Glibc
internal import JobEvents

/// A worker process as its supervisor sees it: process ID and two pipes.
package struct WorkerProcess: Sendable {
  /// The descriptors of the pipes in the worker.
  package static let ordersDescriptor: Int32 = 3
  package static let reportsDescriptor: Int32 = 4

  package let processID: Int32
  /// The end to write orders to; never blocks.
  let orders: Int32
  /// The end to read reports from; never blocks.
  let reports: Int32
  let calls: StartCalls

  /// Starts a process; only the thread of ``WorkerSpawner`` may call it.
  static func start(_ program: WorkerSpawner.Program, _ calls: StartCalls) throws(SpawnFailure) -> WorkerProcess {
    let orders = try Pipe(calls)
    let reports: Pipe
    do throws(SpawnFailure) {
      reports = try Pipe(calls)
    } catch {
      orders.close()
      throw error
    }
    defer {
      close(orders.reading)
      close(reports.writing)
    }
    do throws(SpawnFailure) {
      let processID = try spawn(program, orders: orders.reading, reports: reports.writing, calls)
      _ = fcntl(orders.writing, F_SETFL, O_NONBLOCK)
      return WorkerProcess(
        processID: processID, orders: orders.writing, reports: reports.reading, calls: calls)
    } catch {
      close(orders.writing)
      close(reports.reading)
      throw error
    }
  }

  private static func spawn(
    _ program: WorkerSpawner.Program, orders: Int32, reports: Int32, _ calls: StartCalls
  ) throws(SpawnFailure) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Without its descriptors a worker would exit, and its job would count a crash.
    let channel = program.channel
    for code in [
      calls.code(.prepare), posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
      posix_spawn_file_actions_adddup2(&actions, orders, channel.orders),
      posix_spawn_file_actions_adddup2(&actions, reports, channel.reports),
      cprocesses_close_from(&actions, max(channel.reports, STDERR_FILENO) + 1),
    ] where code != 0 { throw SpawnFailure(operation: "posix_spawn_file_actions", code: code) }

    var processID = pid_t()
    var code = calls.code(.spawn)
    if code == 0 {
      code = ProcessStart.spawn(
        program.path, program.arguments, environment: inheritedEnvironment, &actions, processID: &processID)
    }
    guard code == 0 else { throw SpawnFailure(operation: "posix_spawn", code: code) }
    return processID
  }

  /// The backtrace option of Swift's runtime.
  ///
  /// Where a toolchain is installed, a crash would otherwise be analysed for many seconds while the
  /// job waits.
  private static let backtraces = "SWIFT_BACKTRACE="

  /// The environment without the variables that systemd sets for the supervisor only.
  private static var inheritedEnvironment: [String] {
    let own = ["NOTIFY_SOCKET=", "WATCHDOG_USEC=", "WATCHDOG_PID=", "LISTEN_FDS=", "LISTEN_PID=", "LISTEN_FDNAMES="]
    var variables: [String] = []
    var next = environ
    while let text = next.pointee {
      let variable = String(cString: text)
      if !own.contains(where: variable.hasPrefix) { variables.append(variable) }
      next += 1
    }
    return variables.contains { $0.hasPrefix(backtraces) } ? variables : variables + [backtraces + "enable=no"]
  }

  /// Sends a message; returns false if the process is gone or has not read its pipe for long.
  func send(_ message: some Codable) -> Bool { sendingCode(message) == 0 }

  /// Sends the first message.
  ///
  /// A process that is gone is not an error here: the end of its reports leads to the cause.
  func begin(with message: some Codable) throws(SpawnFailure) {
    let code = sendingCode(message)
    guard code == 0 || code == EPIPE else { throw SpawnFailure(operation: "write", code: code) }
  }

  /// Sends a message; returns 0 or an error number.
  private func sendingCode(_ message: some Codable) -> Int32 {
    guard let bytes = try? MessageLine.bytes(message) else { return EINVAL }
    guard calls.may(.send) else { return errno }
    let count = bytes.withUnsafeBytes { write(orders, $0.baseAddress, $0.count) }
    if count == bytes.count { return 0 }
    return count < 0 ? errno : EMSGSIZE
  }

  /// The bytes that the process has read and written so far; nil if unavailable.
  var transferredBytes: Int? { ActivityMeter.transfers(processID: processID) }

  /// Signals the process and its children.
  ///
  /// Call it only before ``wait()``; later the process ID may belong to another process.
  func kill(_ signal: Int32) { Glibc.kill(-processID, signal) }

  /// Waits for the process to end; returns its status and resource usage.
  func wait() -> (status: Int32, usage: ProcessUsage) {
    var (status, usage) = (Int32(0), rusage())
    while wait4(processID, &status, 0, &usage) < 0, errno == EINTR {}
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return (
      status,
      ProcessUsage(
        cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakMemoryBytes: usage.ru_maxrss * 1024)
    )
  }

  func closePipes() {
    close(orders)
    close(reports)
  }
}

/// A pipe that executed programs do not inherit and whose descriptors do not collide with those of
/// the worker.
private struct Pipe {
  /// Above every descriptor that a worker receives.
  private static let lowestDescriptor: Int32 = 16

  let reading: Int32
  let writing: Int32

  init(_ calls: StartCalls) throws(SpawnFailure) {
    var ends: [Int32] = [-1, -1]
    guard calls.may(.pipe), cprocesses_pipe(&ends) == 0 else { throw SpawnFailure(operation: "pipe", code: errno) }
    var code: Int32 = 0
    let moved = ends.map { end in
      let copy = calls.may(.duplicate) ? fcntl(end, F_DUPFD_CLOEXEC, Self.lowestDescriptor) : -1
      if copy < 0 { code = errno }
      return copy
    }
    for end in ends { Glibc.close(end) }
    (reading, writing) = (moved[0], moved[1])
    guard reading >= 0, writing >= 0 else {
      close()
      throw SpawnFailure(operation: "pipe", code: code)
    }
  }

  func close() { for end in [reading, writing] where end >= 0 { Glibc.close(end) } }
}
