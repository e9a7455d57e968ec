namespace GptImage2.Imaging.Compositing;

/// <summary>How a model's output is pasted back.</summary>
/// <param name="Feather">Width of the transition in pixels of the original, wholly inside the region.</param>
/// <param name="Outside">Whose pixels are used around the region.</param>
/// <param name="MatchColours">Brings the model's colours back to the original's, as far as the ring around the region tells them; never with <see cref="OutsidePixels.Model"/>.</param>
public sealed record PasteOptions(int Feather, OutsidePixels Outside = OutsidePixels.Keep, bool MatchColours = true);
