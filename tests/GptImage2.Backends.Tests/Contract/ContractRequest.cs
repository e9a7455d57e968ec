using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;

namespace GptImage2.Backends.Tests.Contract;

/// <summary>A request with its images, as they are once they have been prepared.</summary>
internal sealed record ContractRequest(ImageRequest Request, RenderInputs Inputs)
{
    private static readonly Dimensions InputSize = new(64, 48);

    /// <summary>A mask that lets the outer quarters change.</summary>
    public static byte[] Mask { get; } = PngEncoder.Gradient(InputSize, 99, alpha: true);

    public static ContractRequest Generate(ModelProfile profile, int count = 1, string prompt = "a red fox in the snow") =>
        new(new GenerateRequest { Prompt = prompt, Size = SmallestOrdinary(profile), Quality = Ordinary(profile), Count = count }, RenderInputs.None);

    public static ContractRequest Edit(ModelProfile profile, int references, int count = 1) => new(
        new EditRequest { Prompt = "a red fox in the snow", Size = SmallestOrdinary(profile), Quality = Ordinary(profile), Count = count, References = [.. References("references", references)] },
        new RenderInputs([.. Enumerable.Range(1, references).Select(number => Input(PngEncoder.Gradient(InputSize, number)))], null));

    /// <summary>An edit of one image that is larger than all buffers between here and a server that does not read.</summary>
    public static ContractRequest LargeEdit(ModelProfile profile) => Edit(profile, references: 1) with { Inputs = new RenderInputs([Input(new byte[40_000_000])], null) };

    /// <param name="more">How many references go with the image.</param>
    public static ContractRequest Inpaint(ModelProfile profile, int more = 0, int count = 1)
    {
        var request = new InpaintRequest
        {
            Prompt = "a red fox in the snow",
            Size = SmallestOrdinary(profile),
            Quality = Ordinary(profile),
            Count = count,
            Image = new Reference { Image = "a.png", Argument = "image" },
            Mask = "mask.png",
            References = [.. References("references", more)],
        };
        return new ContractRequest(request, Edit(profile, 1 + more).Inputs with { Mask = Input(Mask) });
    }

    /// <summary>A square that every model draws well, or the nearest to it.</summary>
    public static Dimensions SmallestOrdinary(ModelProfile profile) => profile.Sizes.Nearest(new Dimensions(816, 816));

    private static ImageQuality Ordinary(ModelProfile profile) => profile.Qualities.Contains(ImageQuality.Medium) ? ImageQuality.Medium : profile.Qualities[0];

    private static IEnumerable<Reference> References(string argument, int count) =>
        Enumerable.Range(0, count).Select(index => new Reference { Image = $"{index}.png", Argument = $"{argument}[{index}].image" });

    private static RenderInputImage Input(byte[] bytes) =>
        new(EncodedImage.FromMemory(bytes), ImageFormat.Png, InputSize, "object", Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
