import ArgumentParser

/// The option of commands that print the events of a job.
struct EventOptions: ParsableArguments {
  @Flag(
    name: .shortAndLong,
    help: """
      Print every event. Without it, scores and the models of a search are printed for each per cent of the job and once a \
      minute.
      """)
  var all = false

  /// An empty text for the events of one job.
  var text: EventText { EventText(all ? .everything : .milestones) }
}
