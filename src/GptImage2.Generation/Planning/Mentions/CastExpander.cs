using GptImage2.Generation.Cast;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Planning.Mentions;

/// <summary>
/// Makes of the names of the cast in a prompt what they mean: their images become references, before all others, and their traits are written into
/// the prompt, in the same words every time. The caller's own words stay as they are.
/// </summary>
public sealed class CastExpander(CastStore cast)
{
    /// <param name="profile">Of the backend that will draw; says how many references there may be.</param>
    /// <returns>The request, changed where it mentions anybody, and what the caller should know of it.</returns>
    /// <exception cref="InvalidRequestException">A name is nobody's, and seems to be meant as one.</exception>
    public async Task<ExpandedRequest> ExpandAsync(Caller caller, ImageRequest request, ModelProfile profile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(profile);
        if (request is LocalRequest || request.Cast is not null || CastMention.Find(request.Prompt) is not [_, ..] mentions)
        {
            return new ExpandedRequest(request, []);
        }

        var members = new List<CastMember>();
        var unknown = new List<CastMention>();
        foreach (var mention in mentions.DistinctBy(mention => mention.Path.ToLowerInvariant()))
        {
            if (await cast.FindAsync(caller.Owner, mention.Name, cancellationToken) is { } entry && (mention.Variant is null || entry.FindVariant(mention.Variant) is not null))
            {
                members.Add(new CastMember(entry, mention.Variant is null ? null : entry.FindVariant(mention.Variant)));
            }
            else
            {
                unknown.Add(mention);
            }
        }

        var handles = unknown is [] ? [] : UnknownMentions.Check(request.Prompt, unknown, await cast.ListAsync(caller.Owner, cancellationToken));
        if (members is [])
        {
            return new ExpandedRequest(request, handles);
        }

        // Who is in the picture comes before where it is and what it looks like.
        CastMember[] order = [.. members.OrderBy(member => member.Entry.Kind)];
        var references = CastReferences.Share(order, profile.MaxReferences - request.Images.Count);
        return new ExpandedRequest(
            WithReferences(request with { Cast = [.. order.Select(member => member.ToLine())] }, references),
            [CastReferences.Describe(order, references, request is InpaintRequest ? 1 : 0), .. handles]);
    }

    private static ImageRequest WithReferences(ImageRequest request, IReadOnlyList<Reference> references) => request switch
    {
        _ when references is [] => request,
        EditRequest edit => edit with { References = [.. references, .. edit.References] },
        InpaintRequest inpaint => inpaint with { References = [.. references, .. inpaint.References] },
        _ => new EditRequest
        {
            Prompt = request.Prompt,
            Size = request.Size,
            Count = request.Count,
            Quality = request.Quality,
            Background = request.Background,
            Cutout = request.Cutout,
            Translucent = request.Translucent,
            Backdrop = request.Backdrop,
            Delivery = request.Delivery,
            Cast = request.Cast,
            References = references,
        },
    };
}

/// <summary>A request in which nobody is mentioned any more.</summary>
/// <param name="Notes">What the caller should know although nothing is wrong.</param>
public sealed record ExpandedRequest(ImageRequest Request, IReadOnlyList<string> Notes);
