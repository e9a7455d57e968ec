using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Tests.Repository;
using GptImage2.Testing.Rendering;

namespace GptImage2.Mcp.Tests.Prompts.Guides;

/// <summary>What guides are filled with follows the model, the backend and the user's settings.</summary>
public sealed partial class GuideFactsTests
{
    public static TheoryData<string> Guides() => [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "guides"), "*.md").Select(path => Path.GetFileName(path))];

    [Fact]
    public void Tells_the_limits_of_the_active_profile()
    {
        var profile = OpenAIModels.Resolve("gpt-image-2");
        var narrow = profile with { MaxReferences = 10, MaxCount = 3, MaxPromptLength = 999, Sizes = profile.Sizes with { EdgeMultiple = 32, MaxEdge = 2048 } };

        var facts = GetFacts(narrow);

        facts["max_references"].ShouldBe("10");
        facts["max_inpaint_references"].ShouldBe("9");
        facts["max_count"].ShouldBe("3");
        facts["max_prompt_length"].ShouldBe("999");
        facts["edge_multiple"].ShouldBe("32");
        facts["size_rule"].ShouldContain("multiples of 32 from 480 to 2048");
        facts["largest_square"].ShouldBe("2048x2048");
    }

    [Fact]
    public void Tells_which_squares_are_legal_and_which_presets_are_experimental()
    {
        var facts = GetFacts("gpt-image-2");

        facts["smallest_square"].ShouldBe("816x816");
        facts["largest_square"].ShouldBe("2880x2880");
        facts["experimental_presets"].ShouldBe("square_large, wide_4k, tall_4k");
        facts["presets_table"].ShouldContain("- wide_hd 2048x1152");
    }

    [Fact]
    public void Prices_are_the_model_s_own()
    {
        var two = GetFacts("gpt-image-2");
        var twoAndAHalf = GetFacts("gpt-image-2.5-flare");

        two["price_table"].ShouldContain("- square 1024x1024: low $0.0059 medium $0.0527 high $0.2107");
        two["four_drafts_price"].ShouldBe("$0.0235");
        two["final_price"].ShouldBe("$0.2107");
        two["reference_price"].ShouldBe("$0.0123");
        twoAndAHalf["price_table"].ShouldContain("max $0.2107");
        twoAndAHalf["final_price"].ShouldBe("$0.0527");
    }

    [Fact]
    public void A_model_without_a_formula_has_no_price_table()
    {
        var facts = GetFacts("gpt-image-2.6-flare");

        facts.Keys.ShouldNotContain("price_table");
        facts.Keys.ShouldNotContain("final_price");
        facts["profile_warning"].ShouldContain("No formula");
    }

    [Fact]
    public void Qualities_above_high_are_reported_only_where_the_model_has_them()
    {
        GetFacts("gpt-image-2").Keys.ShouldNotContain("above_high");
        GetFacts("gpt-image-2.5-flare")["above_high"].ShouldBe("xhigh, max");
    }

    [Fact]
    public void Transparency_is_either_drawn_or_a_preview()
    {
        GetFacts("gpt-image-2").Keys.ShouldContain("previews_transparency");
        GetFacts("gpt-image-2").Keys.ShouldNotContain("draws_transparency");
        GetFacts("gpt-image-2.5-flare").Keys.ShouldContain("draws_transparency");
        GetFacts("gpt-image-2.5-flare").Keys.ShouldNotContain("previews_transparency");
    }

    [Fact]
    public void A_sketching_server_says_so_and_tells_the_real_model_s_prices()
    {
        var sketch = new SketchBackend(OpenAIModels.Resolve("gpt-image-2"), new SketchOptions(), TimeProvider.System);

        var facts = new GuideFacts(Registry(sketch), new SpendingOptions()).All;

        facts["backend"].ShouldBe("sketch");
        facts["notice"].ShouldContain("SKETCH");
        facts["price_table"].ShouldBe(GetFacts("gpt-image-2")["price_table"]);
        GetFacts("gpt-image-2").Keys.ShouldNotContain("notice");
    }

    [Fact]
    public void What_a_backend_learns_of_its_model_is_told_from_then_on()
    {
        var backend = new LearningBackend();
        var facts = new GuideFacts(Registry(backend), new SpendingOptions());
        facts.All["model"].ShouldBe("gpt-image-2");

        backend.Profile = OpenAIModels.Resolve("gpt-image-2.5-flare");

        (facts.All["model"], facts.All["final_price"]).ShouldBe(("gpt-image-2.5-flare", "$0.0527"));
    }

    [Fact]
    public void The_cap_is_the_user_s()
    {
        GetFacts("gpt-image-2", new SpendingOptions { PerCallUsd = 3.5m })["cap"].ShouldBe("$3.50");
        GetFacts("gpt-image-2", new SpendingOptions { PerCallUsd = null }).Keys.ShouldNotContain("cap");
    }

    [Fact]
    public void A_model_nobody_can_price_is_refused_only_under_a_cap()
    {
        GetFacts("mystery-1")["unpriced_refused"].ShouldBe("GPTIMAGE2_SPENDING__UNPRICED=allow");
        GetFacts("mystery-1", new SpendingOptions { AllowUnpriced = true }).Keys.ShouldNotContain("unpriced_refused");
        GetFacts("mystery-1", new SpendingOptions { PerCallUsd = null }).Keys.ShouldContain("unpriced_refused", "the day has a cap too");
        GetFacts("mystery-1", new SpendingOptions { PerCallUsd = null, DailyUsd = null }).Keys.ShouldNotContain("unpriced_refused");
        GetFacts("gpt-image-2.6-flare").Keys.ShouldNotContain("unpriced_refused");
    }

    [Fact]
    public void Every_model_that_ends_has_a_day_and_a_replacement()
    {
        var facts = GetFacts("gpt-image-2");

        facts["ending_table"].ShouldContain("- gpt-image-1.5 is switched off on 2026-12-01: choose gpt-image-2.6-flare");
        facts["ending_table"].Split('\n').Length.ShouldBe(OpenAIModels.Retiring.Count);
        facts["gone_models"].ShouldContain("dall-e-3");
        GetFacts("gpt-image-1.5")["shutdown"].ShouldBe("2026-12-01");
        facts.Keys.ShouldNotContain("shutdown");
    }

    [Theory]
    [InlineData("gpt-image-2")]
    [InlineData("gpt-image-2.5-sunburst")]
    [InlineData("gpt-image-2.6-flare")]
    [InlineData("gpt-image-1.5")]
    [InlineData("mystery-1")]
    public void No_fact_is_empty_and_names_do_not_depend_on_the_model(string model)
    {
        var facts = new GuideFacts(Registry(Backend(OpenAIModels.Resolve(model))), new SpendingOptions { PerCallUsd = null });

        facts.All.Values.ShouldAllBe(value => !string.IsNullOrWhiteSpace(value));
        facts.All.Keys.ShouldBeSubsetOf(facts.Names);
        facts.Names.ShouldBe(new GuideFacts(Registry(Backend(OpenAIModels.Resolve("gpt-image-2"))), new SpendingOptions()).Names);
        facts.Names.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_hole_of_a_guide_has_a_fact(string guide)
    {
        var names = new GuideFacts(Registry(new ScriptedBackend()), new SpendingOptions()).Names;

        Hole.Matches(Guide(guide)).Select(match => match.Groups[1].Value).ShouldBeSubsetOf(names);
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void No_number_of_the_profile_is_written_into_a_guide(string guide)
    {
        var profile = OpenAIModels.Resolve(OpenAIModels.Default);
        long[] numbers = [profile.Sizes.MaxEdge, profile.Sizes.MinEdge, profile.Sizes.MinPixels, profile.Sizes.MaxPixels, profile.Sizes.ExperimentalAbove, profile.MaxPromptLength, profile.MaxReferences, profile.MaxCount];

        var written = Digits.Matches(Hole.Replace(Guide(guide), "")).Select(match => match.Value.Replace(",", "", StringComparison.Ordinal));

        written.ShouldNotContain(digits => numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).Contains(digits));
        Guide(guide).ShouldNotContain("$");
    }

    [Fact]
    public void Every_fact_is_reported_by_some_guide()
    {
        var told = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "guides"), "*.md").SelectMany(path => Hole.Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value);

        new GuideFacts(Registry(new ScriptedBackend()), new SpendingOptions()).Names.ShouldBeSubsetOf(told.ToHashSet());
    }

    private static string Guide(string file) => RepositoryRoot.Read(Path.Combine("guides", file));

    private static IReadOnlyDictionary<string, string> GetFacts(string model, SpendingOptions? spending = null) => GetFacts(OpenAIModels.Resolve(model), spending);

    private static IReadOnlyDictionary<string, string> GetFacts(ModelProfile profile, SpendingOptions? spending = null) => new GuideFacts(Registry(Backend(profile)), spending ?? new SpendingOptions()).All;

    private static BackendRegistry Registry(IImageBackend backend) =>
        new([backend], [new ModelTable(backend.Name, OpenAIModels.Resolve, OpenAIModels.Current)], backend, backend);

    private static ScriptedBackend Backend(ModelProfile profile) => new() { Profile = profile };

    /// <summary>Asks the service which model it has.</summary>
    private sealed class LearningBackend : IImageBackend
    {
        public string Name => "learning";

        public ModelProfile Profile { get; set; } = OpenAIModels.Resolve("gpt-image-2");

        public string? Notice => null;

        public Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("");
    }

    [GeneratedRegex(@"\{\{[#^/]?([a-z0-9_]+)(?::spelled)?\}\}")]
    private static partial Regex Hole { get; }

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Digits { get; }
}
