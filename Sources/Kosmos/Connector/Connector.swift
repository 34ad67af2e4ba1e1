public import Tensors

/// What makes the decoder's vectors of an image's features.
public enum Connector {
  /// KOSMOS-1's: one cross-attention.
  case kosmos(KosmosConnector)
  /// Flamingo's: several layers in the width of the features.
  case flamingo(FlamingoResampler)

  /// Makes the parameters of the connector that the configuration names.
  ///
  /// - Parameters:
  ///   - features: The width of the features.
  ///   - width: The decoder's width.
  ///   - heads: The decoder's heads, which KOSMOS-1's connector has as well.
  public init(
    _ scope: ParameterScope, _ configuration: ConnectorConfiguration, features: Int, width: Int,
    heads: Int
  ) throws(ParameterError) {
    switch configuration.kind {
    case .kosmos:
      self = .kosmos(
        try KosmosConnector(
          scope, configuration, features: features, width: width, heads: heads))
    case .flamingo(let depth):
      self = .flamingo(
        try FlamingoResampler(
          scope, latents: configuration.latents, depth: depth, features: features, width: width))
    }
  }

  /// Turns features [N, P, features] into vectors for the decoder, [N, latents, width].
  ///
  /// - Parameter training: Draws dropout, which Flamingo's has none of; `nil` for none.
  public func callAsFunction(_ features_NPF: Tensor, training: Generator? = nil) -> Tensor {
    switch self {
    case .kosmos(let connector): connector(features_NPF, training: training)
    case .flamingo(let resampler): resampler(features_NPF)
    }
  }
}
