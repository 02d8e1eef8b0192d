package import Documents
package import DurableFiles
package import JobFiles

/// What is known about a job beyond its file, from those who know its data.
package struct JobChecks: Sendable {
  /// Faults that can be seen without reading the data: missing files.
  package let faults: @Sendable (JobFile) -> [DocumentFault]
  /// What the job will need; nil where that cannot be said, because something is wrong with its data that will be told
  /// when they are read.
  package let needs: @Sendable (JobFile) -> JobNeeds?

  /// The job's data files as they are now, as the content of ``JobFolderLayout/inputsFile``; throws if its submitter, the
  /// owner of the job file, may not read them.
  package let inputs: @Sendable (JobFile, _ submitter: UserAccess) throws(InspectionFailure) -> [UInt8]?

  package init(
    faults: @escaping @Sendable (JobFile) -> [DocumentFault] = { _ in [] },
    needs: @escaping @Sendable (JobFile) -> JobNeeds? = { _ in nil },
    inputs: @escaping @Sendable (JobFile, UserAccess) throws(InspectionFailure) -> [UInt8]? = { _, _ in nil }
  ) {
    self.inputs = inputs
    self.faults = faults
    self.needs = needs
  }
}
