using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Contract;

namespace GptImage2.Backends.Tests.Contract;

/// <summary>What is true of every backend, whatever the vendor. This part: what is asked for is what arrives, and what was drawn is what is stored.</summary>
public abstract partial class BackendContract<TVendor>
    where TVendor : IVendor
{
    private static readonly Dimensions[] CommonSizes =
    [
        new(1024, 1024), new(1536, 1024), new(1024, 1536), new(2048, 2048), new(2048, 1152), new(1152, 2048), new(3840, 2160), new(2160, 3840),
        new(1024, 640), new(816, 816), new(1920, 640), new(1088, 1920), new(512, 512), new(16, 32),
    ];

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var size in CommonSizes.Where(Profile.Sizes.Allows))
            {
                data.Add(size.Width, size.Height);
            }

            return data;
        }
    }

    public static TheoryData<int> Counts => [.. Enumerable.Range(1, Profile.MaxCount)];

    public static TheoryData<string> Qualities => [.. Profile.Qualities.Select(quality => quality.Name)];

    public static TheoryData<string> Backgrounds => [.. Profile.Backgrounds.Select(background => background.Name)];

    public static TheoryData<int> ReferenceCounts => [.. new[] { 1, 2, 3, Profile.MaxReferences }.Where(count => count <= Profile.MaxReferences).Distinct()];

    public static TheoryData<string> Prompts =>
        ["x", "„Zażółć gęślą jaźń”, 狐, 🦊🏽, e\u0301", "a \"quoted\" fox \\ and {braces} <b>&amp;</b>", "one line\nanother\tand a tab", "100% of $5; DROP TABLE; --", new string('é', Profile.MaxPromptLength)];

    private static ModelProfile Profile => TVendor.Traits.Profile;

    [Theory]
    [MemberData(nameof(Sizes))]
    public Task A_size_is_asked_for_as_it_is(int width, int height) => ShouldArriveAsync(Change(ContractRequest.Generate(Profile), request => request with { Size = new Dimensions(width, height) }));

    [Theory]
    [MemberData(nameof(Counts))]
    public Task As_many_images_arrive_as_were_asked_for(int count) => ShouldArriveAsync(ContractRequest.Generate(Profile, count));

    [Theory]
    [MemberData(nameof(Qualities))]
    public Task A_quality_is_asked_for_by_its_name(string quality) =>
        ShouldArriveAsync(Change(ContractRequest.Generate(Profile), request => request with { Quality = Profile.Qualities.Single(own => own.Name == quality) }));

    [Theory]
    [MemberData(nameof(Backgrounds))]
    public Task A_background_is_asked_for_by_its_name(string background) =>
        ShouldArriveAsync(Change(ContractRequest.Generate(Profile), request => request with { Background = Profile.Backgrounds.Single(own => own.Name == background) }));

    [Theory]
    [MemberData(nameof(Prompts))]
    public Task A_prompt_arrives_letter_by_letter(string prompt) => ShouldArriveAsync(ContractRequest.Generate(Profile, prompt: prompt));

    [Theory]
    [MemberData(nameof(ReferenceCounts))]
    public Task References_arrive_in_order_byte_for_byte(int references) => ShouldArriveAsync(ContractRequest.Edit(Profile, references));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_mask_says_where_the_first_image_may_change(int more)
    {
        if (TVendor.Traits.TakesMask && !(TVendor.Traits.MasksOneImageOnly && more > 0))
        {
            await ShouldArriveAsync(ContractRequest.Inpaint(Profile, Math.Min(more, Profile.MaxReferences - 1)));
            return;
        }

        await using var host = await ContractHost.StartAsync<TVendor>();
        var thrown = await Should.ThrowAsync<ImageException>(() => host.RenderAsync(ContractRequest.Inpaint(Profile, more)));

        (thrown.Failure.Code, thrown.Failure.Billed, host.Vendor.Arrivals).ShouldBe((FailureCode.InvalidRequest, Billing.No, 0));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Any_legal_request_arrives_as_it_is(int seed) => ShouldArriveAsync(ContractRequestGenerator.CreateLegal(new Random(seed), TVendor.Traits));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 16)];

    [Fact]
    public async Task Two_equal_requests_at_once_are_two_orders_with_images_of_their_own()
    {
        await using var host = await ContractHost.StartAsync<TVendor>();
        var (first, second) = (new Testing.Rendering.InMemoryRenderSink(), new Testing.Rendering.InMemoryRenderSink());

        await Task.WhenAll(host.RenderAsync(ContractRequest.Generate(Profile), sink: first), host.RenderAsync(ContractRequest.Generate(Profile), sink: second));

        (first.Images.Count, second.Images.Count, host.Vendor.Orders.Count).ShouldBe((1, 1, 2));
        host.Vendor.Drawn.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_price_that_is_named_first_is_the_price_that_is_charged()
    {
        await using var host = await ContractHost.StartAsync<TVendor>();
        var asked = ContractRequest.Generate(Profile);
        var quote = await QuoteAsync(host, asked);
        (host.Vendor.Arrivals, host.Vendor.Billed).ShouldBe((0, 0m));

        await host.RenderAsync(asked);

        quote.ShouldBe(quote is null ? null : host.Vendor.Billed);
    }

    [Fact]
    public async Task Images_may_add_to_the_price_and_then_it_is_named_again_before_it_is_charged()
    {
        await using var host = await ContractHost.StartAsync<TVendor>();
        var asked = ContractRequest.Edit(Profile, references: Math.Min(2, Profile.MaxReferences));
        var quote = await QuoteAsync(host, asked);

        await host.RenderAsync(asked);

        host.Sink.Prices.ShouldBe(quote is null ? [] : [host.Vendor.Billed]);
        (quote ?? 0).ShouldBeLessThanOrEqualTo(host.Vendor.Billed);
    }

    private static async Task<decimal?> QuoteAsync(ContractHost host, ContractRequest asked) => host.Backend is IQuotingBackend quoting
        ? await quoting.QuoteAsync(ContractHost.Rules.Validate(asked.Request, Profile), TestContext.Current.CancellationToken)
        : null;

    /// <summary>The request arrives once and as it is; its images are stored byte for byte; the account says what it cost.</summary>
    private static async Task ShouldArriveAsync(ContractRequest asked)
    {
        await using var host = await ContractHost.StartAsync<TVendor>();

        var outcome = await host.RenderAsync(asked);

        var orders = host.Vendor.Orders;
        var request = asked.Request;
        orders.Count.ShouldBe(TVendor.Traits.DrawsOneByOne ? request.Count : 1);
        host.Vendor.Arrivals.ShouldBe(orders.Count);
        orders.Sum(order => order.Count).ShouldBe(request.Count);
        foreach (var order in orders)
        {
            order.ShouldMatch(asked, TVendor.Traits);
        }

        host.Sink.Images.ShouldBe(host.Vendor.Drawn);
        host.Sink.Images.Count.ShouldBe(request.Count);
        host.Sink.Stages.Distinct().ShouldBe([RenderStage.Sending, RenderStage.Drawing, RenderStage.Receiving]);
        (outcome.Usage is not null).ShouldBe(TVendor.Traits.ReportsUsage);
        outcome.Credits.ShouldBe(TVendor.Traits.ReportsCredits ? host.Vendor.Billed : null);
        (host.Vendor.Billed > 0).ShouldBe(TVendor.Traits.Bills);
    }

    private static ContractRequest Change(ContractRequest asked, Func<ImageRequest, ImageRequest> change) => asked with { Request = change(asked.Request) };
}
