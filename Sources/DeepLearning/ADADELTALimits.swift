/// Between which values the vector engines take the parameters of ADADELTA; those beyond act like the limits.
package enum ADADELTALimits {
  /// Keeps products of running averages normal numbers (see adadelta.c).
  package static let smallestEpsilon: Float = 1e-18
  /// The kernels divide by the root of its complement; with a memory this long nothing changes within a training.
  package static let largestRho = 1 - Float.ulpOfOne
}
