using GptImage2.Edits.Cases;
using GptImage2.Edits.Checks;
using GptImage2.Edits.Hosts;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Seeds;

namespace GptImage2.Edits;

/// <summary>
/// Hundreds of edits from one seed; two of each kind of file by default. Classes run side by side, so the cases are in several.
/// All of them: <c>GPTIMAGE2_CASES=all dotnet test --project tests/GptImage2.Edits</c>; one alone: <c>GPTIMAGE2_EDITS=123-123</c>.
/// </summary>
public abstract class GeneratedEditsTests(StandInWorkflowHostPool studios)
{
    private const int Classes = 4;

    public static IReadOnlyList<int> Cases { get; } = GeneratedCases.Numbers("EDITS", ..EditCaseGenerator.Count, EditCaseGenerator.Sample);

    protected static IEnumerable<TheoryDataRow<int>> Share(int first) =>
        from number in Cases
        where number % Classes == first
        select new TheoryDataRow<int>(number).WithTrait("case", $"{number}");

    protected async Task CheckAsync(int number)
    {
        var made = EditCaseGenerator.Create(number);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {EditCaseGenerator.Seed}, {made}");
        var truth = ExpectedOriginal.Create(made);
        var host = await studios.RentAsync(made.Stream);
        var plan = await host.PlanAsync(Request(made, host, truth));
        var view = await host.MakeAsync(plan);

        view.Status.ShouldBe(JobStatus.Done, view.Failure?.Message);
        view.Images.Count.ShouldBe(made.Count);
        host.Service.Requests.Count.ShouldBe(host.Uses, "one request for each edit");
        SentImageChecks.Check(truth, plan, host.Service.Orders[^1]);
        foreach (var image in view.Images)
        {
            image.Record.Region.ShouldNotBeNull(string.Join('\n', view.Warnings));
            EditResultChecks.Check(truth, plan, image, host.Read(image));
        }
    }

    private static InpaintRequest Request(EditCase made, StandInWorkflowHost host, ExpectedOriginal truth) => new()
    {
        Prompt = made.Prompt,
        Size = SizePreset.Square.Size,
        Count = made.Count,
        Delivery = made.Delivery,
        Image = new Reference { Image = host.Put($"{made.Number}.{made.Kind.Format.Name}", truth.File), Role = ReferenceRole.Base, Argument = "image" },
        Region = made.Parts,
        Mask = made.Mask is { } mask ? host.Put($"{made.Number}-{mask.Name}", mask.Bytes) : null,
        Invert = made.Invert,
        Feather = made.Feather,
        Outside = made.Outside,
    };
}

public sealed class GeneratedEdits1Tests(StandInWorkflowHostPool studios) : GeneratedEditsTests(studios), IClassFixture<StandInWorkflowHostPool>
{
    public static IEnumerable<TheoryDataRow<int>> Numbers => Share(0);

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task Change_nothing_but_the_region(int number) => CheckAsync(number);
}

public sealed class GeneratedEdits2Tests(StandInWorkflowHostPool studios) : GeneratedEditsTests(studios), IClassFixture<StandInWorkflowHostPool>
{
    public static IEnumerable<TheoryDataRow<int>> Numbers => Share(1);

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task Change_nothing_but_the_region(int number) => CheckAsync(number);
}

public sealed class GeneratedEdits3Tests(StandInWorkflowHostPool studios) : GeneratedEditsTests(studios), IClassFixture<StandInWorkflowHostPool>
{
    public static IEnumerable<TheoryDataRow<int>> Numbers => Share(2);

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task Change_nothing_but_the_region(int number) => CheckAsync(number);
}

public sealed class GeneratedEdits4Tests(StandInWorkflowHostPool studios) : GeneratedEditsTests(studios), IClassFixture<StandInWorkflowHostPool>
{
    public static IEnumerable<TheoryDataRow<int>> Numbers => Share(3);

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task Change_nothing_but_the_region(int number) => CheckAsync(number);
}
