/// The product.
///
/// This is the only place that holds the version: the command line, the daemon, reports and exports read it. The newest
/// entry of CHANGELOG.md must be the same; `VersionTests` compares them.
package enum Product {
  package static let version = "0.3.0"
}
