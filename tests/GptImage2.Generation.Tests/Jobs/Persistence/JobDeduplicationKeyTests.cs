using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Generation.Tests.Jobs.Persistence;

public sealed class JobDeduplicationKeyTests
{
    [Fact]
    public async Task Every_field_of_the_delivery_counts()
    {
        await using var host = new WorkflowHost();
        Directory.CreateDirectory(host.Work);
        Delivery[] deliveries =
        [
            new(),
            new() { Format = ImageFormat.Webp },
            new() { Format = ImageFormat.Webp, Compression = 80 },
            new() { ResizeTo = new Dimensions(500, 300) },
            new() { SaveTo = "fox.png" },
            new() { SaveTo = "fox.png", Overwrite = true },
        ];

        var keys = new List<string>();
        foreach (var delivery in deliveries)
        {
            keys.Add(JobDeduplicationKey.Compute(await host.PlanAsync(WorkflowHost.Request(delivery: delivery))));
        }

        keys.ShouldBeUnique();
        JobDeduplicationKey.Compute(await host.PlanAsync(WorkflowHost.Request())).ShouldBe(keys[0]);
        // Shared with servers of the version before.
        keys[0].ShouldBe("3c4bd66b45b8cd2bf3798c464b85de260f1b90c6427ddb958fa40e3d35da8b9a");
    }

    [Fact]
    public async Task Everything_that_is_on_a_board_counts()
    {
        await using var host = new WorkflowHost();
        var board = (BoardRequest)SamplePlans.Request(host, "a board");
        BoardRequest[] boards =
        [
            board,
            board with { Captions = ["after"] },
            board with { Captions = [] },
            board with { Captions = ["before", ""] },
            board with { Columns = 2 },
            board with { Columns = null },
            board with { Title = null },
            board with { Title = "before", Captions = ["A room"] },
            board with { Cells = [.. board.Cells.Reverse()] },
        ];

        var keys = new List<string>();
        foreach (var one in boards)
        {
            keys.Add(JobDeduplicationKey.Compute(await SamplePlans.PlanStoredAsync(host, one)));
        }

        keys.ShouldBeUnique();
        JobDeduplicationKey.Compute(await SamplePlans.PlanStoredAsync(host, board)).ShouldBe(keys[0]);
    }
}
