using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Contract;

namespace GptImage2.Backends.Tests.Contract;

/// <summary>Requests that a profile admits, and requests that it does not, from a seed.</summary>
internal static class ContractRequestGenerator
{
    private const int MaxImagesDrawn = 3;
    private const long MaxPixelsDrawn = 2_000_000;

    public static ContractRequest CreateLegal(Random random, VendorTraits vendor)
    {
        var profile = vendor.Profile;
        var count = 1 + random.Next(Math.Min(MaxImagesDrawn, profile.MaxCount));
        var references = random.Next(profile.MaxReferences + 1);
        var asked = references switch
        {
            0 => ContractRequest.Generate(profile, count),
            _ when vendor.TakesMask && random.Next(2) is 0 => vendor.MasksOneImageOnly ? ContractRequest.Inpaint(profile) : ContractRequest.Inpaint(profile, references - 1, count),
            _ => ContractRequest.Edit(profile, references, count),
        };
        return asked with
        {
            Request = asked.Request with
            {
                Size = CreateSize(random, profile.Sizes),
                Quality = Pick(random, profile.Qualities),
                Background = Pick(random, profile.Backgrounds),
            },
        };
    }

    /// <summary>Breaks one rule of the profile, by its number from 0.</summary>
    /// <returns>Null where the profile has no such rule.</returns>
    public static ImageRequest? CreateIllegal(int rule, ModelProfile profile)
    {
        var legal = ContractRequest.Generate(profile).Request;
        var sizes = profile.Sizes;
        return rule switch
        {
            0 => sizes.EdgeMultiple is 1 ? null : legal with { Size = new Dimensions(legal.Size.Width + 1, legal.Size.Height) },
            1 => legal with { Size = new Dimensions(sizes.MaxEdge + sizes.EdgeMultiple, legal.Size.Height) },
            2 => sizes.MinEdge is 1 ? null : legal with { Size = new Dimensions(legal.Size.Width, sizes.MinEdge - 1) },
            3 => sizes.Allows(new Dimensions(sizes.MaxEdge, sizes.MaxEdge)) ? null : legal with { Size = new Dimensions(sizes.MaxEdge, sizes.MaxEdge) },
            4 => sizes.Allows(new Dimensions(sizes.MinEdge, sizes.MaxEdge)) ? null : legal with { Size = new Dimensions(sizes.MinEdge, sizes.MaxEdge) },
            5 => legal with { Count = 0 },
            6 => legal with { Count = profile.MaxCount + 1 },
            7 => legal with { Prompt = "" },
            8 => legal with { Prompt = new string('x', profile.MaxPromptLength + 1) },
            9 => ContractRequest.Edit(profile, profile.MaxReferences + 1).Request,
            10 => FindOther([ImageQuality.Auto, ImageQuality.Low, ImageQuality.Medium, ImageQuality.High, ImageQuality.Xhigh, ImageQuality.Max], profile.Qualities) is { } quality ? legal with { Quality = quality } : null,
            _ => FindOther([ImageBackground.Transparent, ImageBackground.Opaque, ImageBackground.Auto], profile.Backgrounds) is { } background ? legal with { Background = background } : null,
        };
    }

    private static Dimensions CreateSize(Random random, SizeRules rules)
    {
        while (true)
        {
            var size = new Dimensions(CreateEdge(), CreateEdge());
            if (rules.Allows(size) && size.PixelCount <= MaxPixelsDrawn)
            {
                return size;
            }
        }

        int CreateEdge() => rules.EdgeMultiple * (1 + random.Next(rules.MaxEdge / rules.EdgeMultiple));
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static T? FindOther<T>(IEnumerable<T> all, IReadOnlyList<T> offered)
        where T : struct => all.Where(value => !offered.Contains(value)).Cast<T?>().FirstOrDefault();
}
