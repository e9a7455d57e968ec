using GptImage2.Imaging;

namespace GptImage2.Testing.Scenario.Assets;

/// <summary>A file in the user's project: uploaded, or made by a job.</summary>
/// <param name="Bytes">The original.</param>
/// <param name="IsHidden">Whether the user's gallery leaves it out.</param>
/// <param name="Parts">In how many parts it was uploaded; 0 for one that came in a single request, or was drawn.</param>
public sealed record StoredAsset(string Id, string Name, byte[] Bytes, Dimensions Size, string MediaType, bool IsHidden, bool IsUploaded, int Parts);
