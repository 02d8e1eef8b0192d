internal import CKernels

/// The pointers and sizes that a row needs to pass through one layer.
///
/// A trivial value, so that passing it on costs nothing. It is valid as long as the ``FastForward`` that made it.
struct LayerPass {
  let kernel: UnsafeMutablePointer<ck_layer>
  let isColumnMajor: Bool
  /// The number of slices of rows in the backward pass, for any number of threads.
  let backwardSlices: Int
  let inputs: Int
  let units: Int
  let rows: Int
  /// The outputs of the layer below, [inputs]; unused in the first layer.
  let input: UnsafeMutablePointer<Float>
  /// Net inputs, [rows].
  let net: UnsafeMutablePointer<Float>
  /// Outputs, [units]; unused in a linear or softmax output layer.
  let output: UnsafeMutablePointer<Float>
  /// The winning channel of each Maxout unit, [units].
  let winners: UnsafeMutablePointer<UInt8>

  init(layer: FastLayer, input: AlignedBuffer, net: AlignedBuffer, output: AlignedBuffer, winners: ByteBuffer) {
    kernel = layer.kernel
    isColumnMajor = layer.layout == .columnMajor
    backwardSlices = layer.backwardSlices
    inputs = layer.inputs
    units = layer.units
    rows = layer.units * layer.channels
    self.input = input.pointer
    self.net = net.pointer
    self.output = output.pointer
    self.winners = winners.pointer
  }
}
