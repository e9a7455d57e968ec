using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>A prompt says something, and no more than the service reads.</summary>
internal sealed class PromptConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        var length = request.Prompt.EnumerateRunes().Count();
        var added = PromptComposer.Compose(request).EnumerateRunes().Count() - length;
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            yield return new Violation("prompt", "a description of the image", "blank text");
        }
        else if (length + added > profile.MaxPromptLength)
        {
            var why = added > 0 ? $" (this server adds {added} about the images)" : "";
            yield return new Violation("prompt", $"at most {profile.MaxPromptLength - added} characters{why}", $"{length}");
        }
    }
}
