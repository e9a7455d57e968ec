namespace GptImage2.Mcp.Terminal.Models;

/// <summary>
/// The models that can be fetched by name. The files are those of the release v0.0.0 of danielgatis/rembg, which publishes MD5 sums alone, and are
/// pinned here to the SHA-256 sums that other public projects pin the same addresses to, read on 2026-11-29; those of BiRefNet also stand in the
/// copies of onnx-community on Hugging Face. A sum that is wrong can only refuse a file. That of MODNet lies at an address whose content may
/// change, so none is pinned.
/// </summary>
internal static class KnownModels
{
    private const string Rembg = "https://github.com/danielgatis/rembg/releases/download/v0.0.0/";

    private const string OtherProjects = "not from its publisher, who gives MD5 alone, but pinned by at least five public projects that fetch the same address";

    public static IReadOnlyList<KnownModel> All { get; } =
    [
        new("u2netp", new Uri($"{Rembg}u2netp.onnx"), 4_574_861, "Apache-2.0", "small and quick; clear subjects")
        {
            Sha256 = "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8",
            Source = OtherProjects,
        },
        new("isnet-general-use", new Uri($"{Rembg}isnet-general-use.onnx"), 178_648_008, "Apache-2.0", "good edges; 1.4 GB of memory")
        {
            Sha256 = "60920e99c45464f2ba57bee2ad08c919a52bbf852739e96947fbb4358c0d964a",
            Source = OtherProjects,
        },
        new("birefnet-general-lite", new Uri($"{Rembg}BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx"), 224_005_088, "MIT", "better, slower, needs more memory")
        {
            Sha256 = "5600024376f572a557870a5eb0afb1e5961636bef4e1e22132025467d0f03333",
            Source = OtherProjects,
        },
        new("birefnet-general", new Uri($"{Rembg}BiRefNet-general-epoch_244.onnx"), 972_666_916, "MIT", "the best, for large machines")
        {
            Sha256 = "58f621f00f5d756097615970a88a791584600dcf7c45b18a0a6267535a1ebd3c",
            Source = OtherProjects,
        },
        new("modnet", new Uri("https://huggingface.co/Xenova/modnet/resolve/main/onnx/model.onnx"), 25_888_640, "Apache-2.0", "people, with soft hair"),
    ];
}
