/// The published shape of corpus that an export takes on.
public enum ExportShape: String, Hashable, Sendable, CaseIterable {
  /// That of Multimodal C4: `text_list`, `image_info`, `url`
  /// (<https://github.com/allenai/mmc4>; Zhu et al. 2023, arXiv:2304.06939).
  case mmc4
  /// That of OBELICS: `images` and `texts` side by side, `metadata`, `general_metadata`
  /// (<https://huggingface.co/datasets/HuggingFaceM4/OBELICS>; Laurençon et al. 2023,
  /// arXiv:2306.16527).
  case obelics
}
