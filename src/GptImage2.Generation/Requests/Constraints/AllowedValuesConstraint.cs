using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>Count, quality, background and format are among those the profile has.</summary>
internal sealed class AllowedValuesConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        if (request.Count < 1 || request.Count > profile.MaxCount)
        {
            yield return new Violation("count", $"1 to {profile.MaxCount}", $"{request.Count}", $"{Math.Clamp(request.Count, 1, profile.MaxCount)}");
        }

        if (!profile.Qualities.Contains(request.Quality))
        {
            yield return new Violation("quality", FormatChoices(profile.Qualities.Select(q => q.Name)), request.Quality.Name, profile.Qualities[^1].Name);
        }

        if (!profile.Backgrounds.Contains(request.Background))
        {
            yield return new Violation("background", FormatChoices(profile.Backgrounds.Select(b => b.Name)), request.Background.Name);
        }

        if (!profile.Formats.Contains(request.Delivery.Format))
        {
            yield return new Violation("format", FormatChoices(profile.Formats.Select(f => f.Name)), request.Delivery.Format.Name);
        }
    }

    private static string FormatChoices(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
