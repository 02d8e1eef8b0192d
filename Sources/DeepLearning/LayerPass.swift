internal import CKernels

/// One layer on the way of a row: where its numbers lie.
///
/// Trivial, so that handing it on costs nothing; valid as long as the ``FastForward`` that made it.
struct LayerPass {
  let kernel: UnsafeMutablePointer<ck_layer>
  let isColumnMajor: Bool
  /// Into how many slices of rows its step is cut, with one thread and with many.
  let backwardSlices: Int
  let inputs: Int
  let units: Int
  let rows: Int
  /// What enters a further layer, [inputs]; nothing for the first one.
  let input: UnsafeMutablePointer<Float>
  /// Net inputs, [rows].
  let net: UnsafeMutablePointer<Float>
  /// Outputs, [units]; nothing for an output layer that is linear or softmax.
  let output: UnsafeMutablePointer<Float>
  /// Winning channel of each Maxout unit, [units].
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
