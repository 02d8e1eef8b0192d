/// 128 random bits for each kind of journal entry; systemd/deepspool.catalog explains them to operators.
enum MessageID {
  static let started = "e9f6d4279e224915a46e972bb2f01b0f"
  static let stopping = "fdf79a7b6afc41cfad03fff852ebef78"
  static let reloaded = "587644457e254e2abed502d26bcb052e"
  static let configurationRefused = "ea2f6a91ac3b41afb03e9f01614f5d60"
  static let jobAccepted = "10c6d4a12e974844acaa2134d6311b27"
  static let jobRejected = "7bd5e57dab0d4346bab18d9e4b4324dc"
  static let jobStarted = "9ded6b22ddc44d88baaf29094311660b"
  static let jobProgress = "0f9fa684be9843189d8e1fc87f25aeb6"
  static let jobFinished = "a396bf7d36a84d7081b654663b93ab1b"
  static let jobFailed = "12a9bf56fa63484f8bf789bd7d11e632"
  static let jobCancelled = "1f452d3f478c4f87b89d34f6691d303c"
  static let jobInterrupted = "b905a216352f4d8c9aef7e012e8a0509"
  static let jobRecovered = "497d3aa0c006477d84ba56f0d86b8a37"
  static let spoolProblem = "5e13f9e29b5240b4ad8f38e02ba42ad2"
}
