using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Generation.Tests.Inputs;

public sealed class InputImageResolverTests
{
    [Fact]
    public async Task A_job_that_is_remembered_holds_no_image_that_was_sent_along()
    {
        await using var host = new WorkflowHost();
        var picture = PngEncoder.Gradient(new Dimensions(64, 48), 1);
        var request = new EditRequest
        {
            Prompt = "a hat",
            Size = new Dimensions(1024, 640),
            References = [new Reference { Image = "data:image/png;base64," + Convert.ToBase64String(picture), Argument = "references[0].image" }],
        };

        var plan = await host.PlanAsync(request);
        var kept = await host.GetService<InputImageResolver>().StoreAsync(plan.Inputs, TestContext.Current.CancellationToken);

        var input = kept.ShouldHaveSingleItem();
        input.Resolved.Image.Length.ShouldBe(0);
        input.Stored!.Bytes.ShouldBe(picture.Length);
    }
}
