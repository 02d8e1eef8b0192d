/// The range of ADADELTA parameters in the vector engines; values outside are clamped.
package enum ADADELTALimits {
  /// Keeps the products of running averages in the normal range of single precision (see adadelta.c).
  package static let smallestEpsilon: Float = 1e-18
  /// Keeps `1 - rho` above zero, because the kernels divide by its root.
  ///
  /// With so long a memory, the averages hardly change in any training.
  package static let largestRho = 1 - Float.ulpOfOne
}
