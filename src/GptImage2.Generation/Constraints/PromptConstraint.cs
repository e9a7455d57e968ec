using System.Globalization;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Constraints;

/// <summary>A prompt says something, and no more than the service reads.</summary>
internal sealed class PromptConstraint : IConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        var length = request.Prompt.EnumerateRunes().Count();
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            yield return new Violation("prompt", "a description of the picture", "blank text");
        }
        else if (length > profile.MaxPromptLength)
        {
            yield return new Violation(
                "prompt",
                string.Create(CultureInfo.InvariantCulture, $"at most {profile.MaxPromptLength} characters"),
                string.Create(CultureInfo.InvariantCulture, $"{length}"));
        }
    }
}
