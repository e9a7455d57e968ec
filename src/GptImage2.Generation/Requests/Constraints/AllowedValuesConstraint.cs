using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>Count, quality, background and format are among those the profile has.</summary>
internal sealed class AllowedValuesConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => Violation.Collect(
        (request.Count < 1 || request.Count > profile.MaxCount,
            new("count", $"1 to {profile.MaxCount}", $"{request.Count}", $"{Math.Clamp(request.Count, 1, profile.MaxCount)}")),
        (!profile.Qualities.Contains(request.Quality),
            new("quality", FormatChoices(profile.Qualities.Select(quality => quality.Name)), request.Quality.Name, profile.Qualities[^1].Name)),
        (!profile.Backgrounds.Contains(request.Background),
            new("background", FormatChoices(profile.Backgrounds.Select(background => background.Name)), request.Background.Name)),
        (!profile.Formats.Contains(request.Delivery.Format),
            new("format", FormatChoices(profile.Formats.Select(format => format.Name)), request.Delivery.Format.Name)));

    private static string FormatChoices(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
