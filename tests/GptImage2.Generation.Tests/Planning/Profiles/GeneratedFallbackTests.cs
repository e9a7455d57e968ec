using GptImage2.Generation.Errors;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Seeds;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.Planning.Profiles;

/// <summary>Who is asked next, if anybody: only after a failure that cost nothing, and only one whose own figures admit the very request.</summary>
public sealed class GeneratedFallbackTests
{
    private const int Orders = 5_000;

    private static readonly ServiceProvider Services = new ServiceCollection().AddGeneration().BuildServiceProvider();

    /// <summary>Every code and claim, and the safety system at both of its stages.</summary>
    private static readonly Failure[] Failures =
    [
        .. from code in Enum.GetValues<FailureCode>() from billed in Enum.GetValues<Billing>() select new Failure { Code = code, Message = "It failed.", Billed = billed },
        .. from billed in Enum.GetValues<Billing>() select new Failure { Code = FailureCode.ContentRejected, Message = "Blocked.", Billed = billed, OutputBlocked = true },
    ];

    private static RequestValidator Validator => Services.GetRequiredService<RequestValidator>();

    [Fact]
    public async Task The_next_is_asked_if_it_cost_nothing_and_its_own_figures_admit_the_very_request()
    {
        var (asked, passedOver, nobody) = (0, 0, 0);
        for (var seed = 1; seed <= GeneratedCases.Count(Orders); seed++)
        {
            var random = new Random(seed);
            PublishedRules[] order = [.. PublishedBackends.All.OrderBy(_ => random.Next()).Take(2 + random.Next(3))];
            var (request, failure, nextAfterBlock) = (CreateAdmitted(random, order[0]), Failures[random.Next(Failures.Length)], random.Next(2) is 0);
            var (fallback, plan) = Create(order, request, nextAfterBlock);
            var told = $"seed {seed}: {failure.Code} {failure.Billed}, {string.Join(" > ", order.Select(rules => rules.Name))}, {request with { Prompt = "" }}";

            fallback.IsAllowedAfter(failure).ShouldBe(MayGoOn(failure, nextAfterBlock), told);
            var (next, skipped) = await fallback.FindNextAsync(plan, TestContext.Current.CancellationToken);

            var expected = order.Skip(1).FirstOrDefault(rules => rules.Admits(request));
            (next?.Backend.Name).ShouldBe(expected?.Name, told);
            next?.Request.ShouldBeSameAs(request, told);
            next?.Validated.Profile.ShouldBeSameAs(expected!.Profile, told);
            var refusing = order.Skip(1).TakeWhile(rules => rules != expected).ToArray();
            refusing.ShouldAllBe(rules => skipped.Contains($" {rules.Name} cannot do it either (", StringComparison.Ordinal), told);
            (skipped is "").ShouldBe(refusing is [], told);
            (asked, passedOver, nobody) = (asked + (next is null ? 0 : 1), passedOver + refusing.Length, nobody + (next is null ? 1 : 0));
        }

        // All three happen often, or nothing was tested.
        new[] { asked, passedOver, nobody }.ShouldAllBe(times => times > GeneratedCases.Count(Orders) / 20);
    }

    public static TheoryData<int> Jobs => [.. Enumerable.Range(1, GeneratedCases.Count(200))];

    [Theory]
    [MemberData(nameof(Jobs), DisableDiscoveryEnumeration = true)]
    public async Task A_job_goes_on_with_the_next_unless_an_image_has_arrived_or_may_be_billed(int seed)
    {
        var random = new Random(seed);
        PublishedRules[] order = [.. PublishedBackends.All.OrderBy(_ => random.Next()).Take(2)];
        var count = 1 + random.Next(Math.Min(5, order[0].MaxCount));
        var (failure, arrived, nextAfterBlock) = (Failures[random.Next(Failures.Length)], Math.Max(0, random.Next(-2, count)), random.Next(2) is 0);
        ScriptedBackend[] backends = [.. order.Select(rules => new ScriptedBackend { Name = rules.Name, Profile = rules.Profile with { Tariff = new Models.Tariff.Free() } })];
        backends[0].Before = (index, _) => index < arrived ? Task.CompletedTask : throw new ImageException(failure);
        await using var host = new WorkflowHost(more: services => services.AddBackends(backends).AddSingleton(new FallbackOptions { OnOutputBlock = nextAfterBlock }));

        var view = await host.AskAsync(WorkflowHost.Request(count: count), TestContext.Current.CancellationToken);

        var goesOn = arrived is 0 && MayGoOn(failure, nextAfterBlock) && order[1].Admits(WorkflowHost.Request(count: count));
        var told = $"{failure.Code} {failure.Billed} after {arrived} of {count}, {order[0].Name} > {order[1].Name}: {view.Failure?.Message}";
        (backends[0].Calls, backends[1].Calls).ShouldBe((1, goesOn ? 1 : 0), told);
        view.Images.Count.ShouldBe(goesOn ? count : arrived, told);
        (view.Failure?.Code).ShouldBe(goesOn ? null : failure.Code, told);
        view.Images.ShouldAllBe(image => image.Record.Backend == order[goesOn ? 1 : 0].Name);
    }

    /// <summary>
    /// docs/backends.md: where it fails and it is certain that nothing was billed, but not after an answer that was lost, nor where words were refused; where a
    /// drawing was refused, if the user says so. What the caller or this machine got wrong is no failure of a service.
    /// </summary>
    private static bool MayGoOn(Failure failure, bool nextAfterBlock) => failure switch
    {
        { Code: FailureCode.ContentRejected, OutputBlocked: true } => nextAfterBlock,
        { Billed: Billing.Yes or Billing.Unknown } => false,
        _ => failure.Code.ToString() is "InvalidRequest" or "AccessDenied" or "ModelNotFound" or "OutOfMoney" or "RateLimited" or "ServiceFailed" or "ServiceUnreachable",
    };

    private static ImageRequest CreateAdmitted(Random random, PublishedRules rules)
    {
        while (true)
        {
            if (GeneratedRequest.Create(random) is var request && rules.Admits(request))
            {
                return request;
            }
        }
    }

    private static (BackendFallback Fallback, JobPlan Plan) Create(PublishedRules[] order, ImageRequest request, bool nextAfterBlock)
    {
        IImageBackend[] backends = [.. order.Select(rules => new ScriptedBackend { Name = rules.Name, Profile = rules.Profile })];
        var plan = new JobPlan
        {
            Caller = Caller.Local,
            Tool = "generate_image",
            Backend = backends[0],
            Validated = Validator.Validate(request, backends[0].Profile),
            Price = Price.Free,
            Warnings = [],
        };
        return (new BackendFallback(new BackendRegistry(backends, [], backends[0], backends[0]), Validator, new FallbackOptions { OnOutputBlock = nextAfterBlock }), plan);
    }
}
