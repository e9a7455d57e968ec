using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Testing.Contract;

namespace GptImage2.Backends.Tests.Contract;

/// <summary>This part: what goes wrong is told as it is, costs what is told, and is never sent twice.</summary>
public abstract partial class BackendContract<TVendor>
{
    private const int IllegalRules = 12;

    public static TheoryData<int> IllegalRequests => [.. Enumerable.Range(0, IllegalRules).Where(rule => ContractRequestGenerator.CreateIllegal(rule, Profile) is not null)];

    public static TheoryData<Mishap, bool> Mishaps
    {
        get
        {
            var data = new TheoryData<Mishap, bool>();
            foreach (var mishap in TVendor.Traits.Outcomes.Keys.Order())
            {
                data.Add(mishap, true);
                if (mishap is not Mishap.CutWhileSending)
                {
                    data.Add(mishap, false);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_mishap_has_its_outcome_or_a_reason_why_it_cannot_be()
    {
        var traits = TVendor.Traits;

        traits.Outcomes.Keys.Concat(traits.Impossible.Keys).Order().ShouldBe(Enum.GetValues<Mishap>().Order());
        traits.Impossible.Values.ShouldAllBe(reason => reason.EndsWith('.'));
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task A_mishap_is_told_as_it_is_and_costs_what_is_told(Mishap mishap, bool isEdit)
    {
        await using var host = await ContractHost.StartAsync<TVendor>(mishap);
        var expected = TVendor.Traits.Outcomes[mishap];

        var render = host.RenderAsync(CreateRequest(mishap, isEdit));
        if (mishap is Mishap.Held)
        {
            await host.ArrivedAsync(render);
            host.Vendor.Release();
        }

        var (outcome, thrown) = await ContractHost.CatchAsync(render);

        (thrown?.Failure.Code).ShouldBe(expected.Code, thrown?.ToString());
        thrown?.ShouldBeHonest(expected, host.Vendor);
        host.Vendor.Arrivals.ShouldBeInRange(outcome is null ? 0 : expected.Arrivals, expected.Arrivals);
        host.Vendor.Orders.Sum(order => order.Count).ShouldBeLessThanOrEqualTo(2);
        host.Vendor.Orders.Count.ShouldBeLessThanOrEqualTo(TVendor.Traits.DrawsOneByOne ? 2 : 1);
        host.Sink.Images.ShouldBe(host.Vendor.Drawn.Take(expected.Stored));
        host.Sink.Images.Count.ShouldBe(expected.Stored);
        host.Sink.IsOpen.ShouldBeFalse();
        if (outcome is not null)
        {
            (host.Vendor.Billed > 0).ShouldBe(TVendor.Traits.Bills);
            outcome.Credits.ShouldBe(TVendor.Traits.ReportsCredits && mishap is not Mishap.UsageMissing ? host.Vendor.Billed : null);
            (outcome.Usage is not null).ShouldBe(TVendor.Traits.ReportsUsage && mishap is not Mishap.UsageMissing);
        }
    }

    [Theory]
    [MemberData(nameof(IllegalRequests))]
    public async Task What_the_profile_does_not_admit_is_refused_before_anything_is_sent(int rule)
    {
        await using var host = await ContractHost.StartAsync<TVendor>();
        var illegal = new ContractRequest(ContractRequestGenerator.CreateIllegal(rule, Profile)!, Generation.Rendering.RenderInputs.None);

        var thrown = await Should.ThrowAsync<InvalidRequestException>(() => host.RenderAsync(illegal));

        (thrown.Failure.Code, thrown.Failure.Billed, thrown.Failure.Retry).ShouldBe((FailureCode.InvalidRequest, Billing.No, RetryAdvice.Changed));
        thrown.Violations.ShouldNotBeEmpty();
        (host.Vendor.Arrivals, host.Vendor.Billed).ShouldBe((0, 0m));
    }

    [Fact]
    public async Task A_check_says_that_all_is_well_and_costs_nothing()
    {
        await using var host = await ContractHost.StartAsync<TVendor>();

        (await host.Backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldNotBeNullOrWhiteSpace();

        (host.Vendor.Arrivals, host.Vendor.Billed).ShouldBe((0, 0m));
    }

    [Theory]
    [InlineData(Mishap.Unreachable)]
    [InlineData(Mishap.CredentialsRefused)]
    public async Task A_check_says_what_is_wrong(Mishap mishap)
    {
        if (!TVendor.Traits.CanBeChecked)
        {
            await using var unasked = await ContractHost.StartAsync<TVendor>(mishap);
            (await unasked.Backend.CheckAsync(TestContext.Current.CancellationToken)).ShouldContain("cannot be checked");
            return;
        }

        if (!TVendor.Traits.Outcomes.TryGetValue(mishap, out var expected))
        {
            TVendor.Traits.Impossible.ShouldContainKey(mishap);
            return;
        }

        await using var host = await ContractHost.StartAsync<TVendor>(mishap);
        var thrown = await Should.ThrowAsync<ImageException>(() => host.Backend.CheckAsync(TestContext.Current.CancellationToken));

        thrown.Failure.Code.ShouldBe(expected.Code!.Value);
        thrown.ShouldHoldNone(host.Vendor.Secrets);
    }

    private static ContractRequest CreateRequest(Mishap mishap, bool isEdit)
    {
        var count = Math.Min(2, Profile.MaxCount);
        var asked = mishap is Mishap.CutWhileSending ? ContractRequest.LargeEdit(Profile) : isEdit ? ContractRequest.Edit(Profile, 1, count) : ContractRequest.Generate(Profile, count);
        return mishap is Mishap.TransparencyRefused ? Change(asked, request => request with { Background = ImageBackground.Transparent }) : asked;
    }
}
