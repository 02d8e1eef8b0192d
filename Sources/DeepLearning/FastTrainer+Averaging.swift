internal import CKernels

extension FastTrainer: AveragedTrainer {
  package var averagedNumbers: [UnsafeMutableBufferPointer<Float>] {
    forward.layers.flatMap { $0.averagedNumbers(options) }
  }

  package func formConsensus(from mean: UnsafePointer<Float>) {
    FastLayer.formConsensus(of: forward.layers, options, from: mean)
  }

  /// Adam, which counts its updates, trains mini-batches only.
  package var steps: Int {
    get { 0 }
    set {}
  }

  /// The level of x86-64 whose instructions train on this machine; networks of different levels differ in their last
  /// bits.
  package static var processorLevel: Int { Int(ck_processor_level()) }
}
