namespace GptImage2.Generation.Requests;

/// <summary>The second picture of a translucent subject: an edit of the first that only makes its white backdrop black.</summary>
public static class SecondPicture
{
    /// <summary>Which of its job's images it is.</summary>
    public const int Number = 2;

    /// <param name="first">The request for the first picture.</param>
    /// <param name="image">The first picture's id.</param>
    public static EditRequest Create(ImageRequest first, string image)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new EditRequest
        {
            Prompt = first.Prompt,
            Size = first.Size,
            Quality = first.Quality,
            Background = first.Background,
            Cutout = true,
            Translucent = true,
            Backdrop = ChromaKey.Black,
            References = [new Reference { Image = image, Role = ReferenceRole.Base, Argument = "cutout" }],
        };
    }
}
