using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Testing.Seeds;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.Planning.Profiles;

/// <summary>A request is refused exactly where the service's own figures refuse it, and what is named in its place is admitted.</summary>
public sealed partial class AdmissionTests
{
    /// <summary>Each is judged by every backend.</summary>
    private const int All = 5_000;

    private static readonly ServiceProvider Services = new ServiceCollection().AddGeneration().BuildServiceProvider();

    private static readonly ImageRequest[] Requests = [.. Enumerable.Range(1, GeneratedCases.Count(All, share: 8)).Select(seed => GeneratedRequest.Create(new Random(seed)))];

    private static RequestValidator Validator => Services.GetRequiredService<RequestValidator>();

    public static TheoryData<string> Backends => [.. PublishedBackends.All.Select(backend => backend.Name)];

    [Theory]
    [MemberData(nameof(Backends))]
    public void What_the_figures_admit_is_admitted_and_nothing_else(string name)
    {
        var rules = PublishedBackends.All.Single(backend => backend.Name == name);

        var wrong = Requests.Index()
            .Select(entry => (Seed: entry.Index + 1, Request: entry.Item, Violations: Validator.Check(entry.Item, rules.Profile)))
            .Where(judged => (judged.Violations is []) != rules.Admits(judged.Request));

        wrong.Select(judged => $"seed {judged.Seed}: {judged.Request with { Prompt = "" }} gave [{string.Join(' ', judged.Violations)}]").ShouldBeEmpty();
        // Both are frequent, or nothing was tested.
        Requests.Count(rules.Admits).ShouldBeInRange(Requests.Length / 60, Requests.Length / 2);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void What_a_refusal_names_in_place_is_admitted(string name)
    {
        var rules = PublishedBackends.All.Single(backend => backend.Name == name);
        var corrected = 0;
        // To find the nearest is the dear part.
        foreach (var (index, request) in Requests.Index().Where(entry => entry.Index % 4 is 0))
        {
            var violations = Validator.Check(request, rules.Profile);
            foreach (var violation in violations)
            {
                ShouldNameWhatIsAdmitted(violation, rules, seed: index + 1);
            }

            if (violations is not [] && Correct(request, violations, rules) is { } better)
            {
                var left = Validator.Check(better, rules.Profile);
                left.ShouldBeEmpty(left is [] ? null : $"seed {index + 1}: [{string.Join(' ', violations)}] became {better with { Prompt = "" }}");
                corrected++;
            }
        }

        corrected.ShouldBeGreaterThan(5);
    }

    private static void ShouldNameWhatIsAdmitted(Violation violation, PublishedRules rules, int seed)
    {
        var (nearest, told) = (violation.Nearest ?? "", $"seed {seed}: {violation.Argument}, {violation.Nearest}");
        switch (violation.Argument)
        {
            case "count":
                Number(nearest).ShouldBeInRange(1, rules.MaxCount, told);
                break;
            case "quality":
                rules.Qualities.Split(' ').ShouldContain(nearest, told);
                break;
            case "format" when nearest is not "":
                rules.Formats.Split(' ').ShouldContain(nearest, told);
                break;
            case "compression" when nearest is not "":
                Number(nearest).ShouldBeInRange(0, 100, told);
                break;
            case "width" or "height" or "width and height" when nearest is not "as for width":
                rules.AdmitsSize(Dimensions.Parse(SizePattern.Matches(nearest)[^1].Value, null)).ShouldBeTrue(told);
                break;
        }
    }

    /// <returns>The call that the refusal ends with, or null where it is the caller who has to think again.</returns>
    private static ImageRequest? Correct(ImageRequest request, IReadOnlyList<Violation> violations, PublishedRules rules)
    {
        Repair[] repairs = [.. violations.SelectMany(violation => violation.Repairs ?? [new Repair(violation.Argument, violation.Nearest) { IsGuess = violation.Nearest is null }])];
        string[] known = ["count", "quality", "format", "compression", "width", "height", "resize_to", "preset"];
        // A prompt that is as long as can be leaves no room for a word about what is cut away.
        return repairs.Any(repair => repair.IsGuess || !known.Contains(repair.Argument)) || request.Prompt.Length > 1_000
            ? null
            : repairs.Aggregate(request, (changed, repair) => Apply(changed, repair, rules.Profile.Sizes));
    }

    private static ImageRequest Apply(ImageRequest request, Repair repair, SizeRules sizes) => (repair.Argument, repair.Value?.ToString()) switch
    {
        ("count", { } count) => request with { Count = Number(count) },
        ("quality", { } quality) => request with { Quality = Enum.Parse<ImageQuality>(quality, ignoreCase: true) },
        ("format", { } format) => request with { Delivery = request.Delivery with { Format = Enum.Parse<ImageFormat>(format, ignoreCase: true) } },
        ("compression", var level) => request with { Delivery = request.Delivery with { Compression = level is null ? null : Number(level) } },
        ("width", { } width) => request with { Size = new Dimensions(Number(width), request.Size.Height) },
        ("height", { } height) => request with { Size = new Dimensions(request.Size.Width, Number(height)) },
        ("resize_to", { } size) => request with { Size = sizes.ChooseForDelivery(Dimensions.Parse(size, null)), Delivery = request.Delivery with { ResizeTo = Dimensions.Parse(size, null) } },
        _ => request,
    };

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+x[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern { get; }
}
