import ArgumentParser
internal import Spooling

/// Options of commands that use the daemon's spool.
struct SpoolOptions: ParsableArguments {
  @OptionGroup var place: SpoolPlace

  @Flag(help: "Print JSON; errors, too.")
  var json = false

  /// The form of messages about errors.
  var form: CommandFailure.Form { CommandFailure.Form(json: json) }

  /// Returns the layout of the spool.
  ///
  /// - Throws: ``CommandFailure`` if there is no spool.
  func layout() throws -> SpoolLayout { try place.layout() }

  /// Prints a message if no daemon is running.
  func noteMissingDaemon(_ layout: SpoolLayout) { if let text = Self.missingDaemon(layout) { Terminal.note(text) } }

  /// Returns the message that no daemon is running; nil if one is.
  static func missingDaemon(_ layout: SpoolLayout) -> String? {
    SpoolLock.isHeld(layout) ? nil : "no daemon is running on '\(layout.root)'; no job starts until one does"
  }
}
