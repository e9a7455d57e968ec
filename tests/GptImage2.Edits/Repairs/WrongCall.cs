using GptImage2.Imaging;

namespace GptImage2.Edits.Repairs;

/// <summary>A call as some model sends it, which the schema does not allow as it stands.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Arguments">A JSON object.</param>
internal sealed record WrongCall(string Name, string Tool, string Arguments)
{
    /// <summary>How many images it means, where it may be done as it is meant; null where it must be refused.</summary>
    public int? Means { get; init; }

    /// <summary>The size of those images in pixels, where it says one.</summary>
    public Dimensions? Size { get; init; }

    public override string ToString() => $"{Name}: {Tool} {Arguments}";
}
