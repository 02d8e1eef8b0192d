package import Documents
package import DurableFiles
package import JobFiles

/// Checks that need the job's data, injected by modules that can read it.
package struct JobChecks: Sendable {
  /// Errors that are visible without reading the data: missing files.
  package let faults: @Sendable (JobFile) -> [DocumentFault]
  /// The estimated needs of a job; nil if its data is invalid, which is reported when the data is read.
  package let needs: @Sendable (JobFile) -> JobNeeds?

  /// The current description of the job's data files, the content of
  /// ``JobFolderLayout/inputsFile``.
  ///
  /// Throws if the submitter, who is the owner of the job file, may not read them.
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
