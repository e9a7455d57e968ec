using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.Planning;

/// <summary>When the next backend is asked: never where money may have been spent, and never for another request than the one that was made.</summary>
public sealed class BackendFallbackTests
{
    private readonly ScriptedBackend _first = new() { Name = "first" };
    private readonly ScriptedBackend _second = new() { Name = "second", Profile = OpenAIModels.Resolve("gpt-image-2.5-flare") };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FailureCode.ServiceUnreachable)]
    [InlineData(FailureCode.ServiceFailed)]
    [InlineData(FailureCode.AccessDenied)]
    [InlineData(FailureCode.OutOfMoney)]
    [InlineData(FailureCode.RateLimited)]
    [InlineData(FailureCode.ModelNotFound)]
    [InlineData(FailureCode.InvalidRequest)]
    public async Task After_an_unbilled_failure_the_next_one_makes_it_and_the_result_says_so(FailureCode code)
    {
        await using var host = CreateHost();
        _first.Before = Fail(code, Billing.No);

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        view.Status.ShouldBe(JobStatus.Done);
        (view.Summary.Backend, view.Summary.Model).ShouldBe(("second", "gpt-image-2.5-flare"));
        (view.Images[0].Record.Backend, view.Images[0].Record.Model).ShouldBe(("second", "gpt-image-2.5-flare"));
        view.Warnings.ShouldContain(warning => warning.Contains("first could not make it") && warning.Contains("second"));
        var entry = (await host.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation)).ShouldHaveSingleItem();
        entry.Model.ShouldBe("gpt-image-2.5-flare");
    }

    [Theory]
    [InlineData(FailureCode.ServiceFailed, Billing.Unknown)]
    [InlineData(FailureCode.ServiceFailed, Billing.Yes)]
    [InlineData(FailureCode.AnswerLost, Billing.Unknown)]
    [InlineData(FailureCode.ContentRejected, Billing.No)]
    [InlineData(FailureCode.StorageFailed, Billing.No)]
    [InlineData(FailureCode.SpendingRefused, Billing.No)]
    public async Task Where_it_may_be_billed_or_no_service_can_help_nobody_else_is_asked(FailureCode code, Billing billed)
    {
        await using var host = CreateHost();
        _first.Before = Fail(code, billed);

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        view.Failure!.Code.ShouldBe(code);
        _second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Not_once_an_image_has_arrived()
    {
        await using var host = CreateHost();
        _first.Before = (index, token) => index is 0 ? Task.CompletedTask : Fail(FailureCode.ServiceFailed, Billing.No)(index, token);

        var view = await host.AskAsync(WorkflowHost.Request(count: 2), Cancellation);

        view.Status.ShouldBe(JobStatus.Partial);
        _second.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_drawing_that_was_blocked_goes_to_the_next_only_where_the_user_says_so(bool next)
    {
        await using var host = CreateHost(more: services => services.AddSingleton(new FallbackOptions { OnOutputBlock = next }));
        _first.Before = (_, _) => throw new ImageException(
            new Failure { Code = FailureCode.ContentRejected, Message = "Blocked.", Billed = Billing.Unknown, OutputBlocked = true });

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        _second.Calls.ShouldBe(next ? 1 : 0);
        view.Status.ShouldBe(next ? JobStatus.Done : JobStatus.Failed);
    }

    [Fact]
    public async Task One_whose_rules_do_not_admit_the_request_is_passed_over_with_a_sentence()
    {
        var small = new ScriptedBackend { Name = "small", Profile = OpenAIModels.Resolve(OpenAIModels.Default) with { MaxCount = 1 } };
        await using var host = CreateHost(small, _second);
        _first.Before = Fail(FailureCode.ServiceUnreachable, Billing.No);

        var view = await host.AskAsync(WorkflowHost.Request(count: 2), Cancellation);

        view.Summary.Backend.ShouldBe("second");
        small.Calls.ShouldBe(0);
        view.Warnings.ShouldContain(warning => warning.Contains("small cannot do it either (count: expected"));
    }

    [Fact]
    public async Task When_none_admits_it_the_first_failure_stands()
    {
        var small = new ScriptedBackend { Name = "small", Profile = OpenAIModels.Resolve(OpenAIModels.Default) with { MaxCount = 1 } };
        await using var host = CreateHost(small);
        _first.Before = Fail(FailureCode.ServiceUnreachable, Billing.No);

        var view = await host.AskAsync(WorkflowHost.Request(count: 2), Cancellation);

        (view.Failure!.Code, view.Failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, Billing.No));
        view.Failure.Message.ShouldContain("small cannot do it either");
        small.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_next_one_costs_is_held_against_the_caps()
    {
        await using var host = CreateHost(spending: new SpendingOptions { PerCallUsd = 0.02m }, then: [new ScriptedBackend { Name = "dear" }], first: _second);
        _second.Before = Fail(FailureCode.ServiceUnreachable, Billing.No);

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        view.Failure!.Code.ShouldBe(FailureCode.SpendingRefused);
        var entry = (await host.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation)).ShouldHaveSingleItem();
        (entry.Certainty, entry.Actual).ShouldBe((CostCertainty.Known, 0));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task One_that_is_free_reserves_nothing_and_the_other_what_it_may_cost(bool isFirstFree, bool isSecondFree)
    {
        ScriptedBackend[] order = [Create("one", isFirstFree), Create("two", isSecondFree)];
        order[0].Before = Fail(FailureCode.ServiceUnreachable, Billing.No);
        await using var host = CreateHost(first: order[0], then: [order[1]]);

        (await host.AskAsync(WorkflowHost.Request(), Cancellation)).Summary.Backend.ShouldBe("two");

        var entries = await host.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation);
        entries.Select(entry => (entry.Reserved > 0, entry.Actual > 0)).ShouldBe(isFirstFree && isSecondFree ? [] : [(!isSecondFree, !isSecondFree)]);

        static ScriptedBackend Create(string name, bool isFree) =>
            new() { Name = name, Profile = OpenAIModels.Resolve(OpenAIModels.Default) is var priced && isFree ? priced with { Tariff = new Tariff.Free() } : priced };
    }

    [Fact]
    public async Task One_that_cannot_be_asked_for_its_price_is_passed_over()
    {
        var service = new ScriptedService { QuoteFails = true };
        await using var host = new WorkflowHost(more: services => services.AddBackends(_first, service.CreateBackend(), _second));
        _first.Before = Fail(FailureCode.ServiceUnreachable, Billing.No);

        var view = await host.AskAsync(WorkflowHost.Request(), Cancellation);

        (view.Status, view.Summary.Backend, service.Runs).ShouldBe((JobStatus.Done, "second", 0));
        view.Warnings.ShouldContain(warning => warning.Contains("service did not name its price"));
    }

    [Fact]
    public async Task A_dearer_one_reserves_what_it_may_cost()
    {
        var drawing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dear = new ScriptedBackend { Name = "dear", Before = (_, token) => drawing.Task.WaitAsync(token) };
        await using var host = CreateHost(then: [dear], first: _second);
        _second.Before = Fail(FailureCode.ServiceUnreachable, Billing.No);
        var cheap = (await host.PlanAsync(WorkflowHost.Request())).Price.Ceiling!.Value;

        var asked = host.AskAsync(WorkflowHost.Request(), Cancellation);
        await dear.CalledAsync(Cancellation);
        var reserved = (await host.GetService<IJobStore>().ListLedgerAsync("local", DateOnly.MinValue, Cancellation)).ShouldHaveSingleItem().Reserved;
        drawing.SetResult();

        reserved!.Value.ShouldBeGreaterThan((long)(cheap * 1_000_000));
        (await asked).Status.ShouldBe(JobStatus.Done);
    }

    private static Func<int, CancellationToken, Task> Fail(FailureCode code, Billing billed) =>
        (_, _) => throw new ImageException(new Failure { Code = code, Message = "It failed.", Billed = billed });

    private WorkflowHost CreateHost(params ScriptedBackend[] then) => CreateHost(null, null, null, then is [] ? [_second] : then);

    private WorkflowHost CreateHost(Action<IServiceCollection>? more = null, SpendingOptions? spending = null, ScriptedBackend? first = null, ScriptedBackend[]? then = null) =>
        new(spending: spending, more: services =>
        {
            services.AddBackends([first ?? _first, .. then ?? [_second]]);
            more?.Invoke(services);
        });
}
