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
        ];

        var keys = new List<string>();
        foreach (var delivery in deliveries)
        {
            keys.Add(JobDeduplicationKey.Compute(await host.PlanAsync(WorkflowHost.Request(delivery: delivery))));
        }

        keys.ShouldBeUnique();
        JobDeduplicationKey.Compute(await host.PlanAsync(WorkflowHost.Request())).ShouldBe(keys[0]);
    }
}
