package value

import (
	"slices"
	"strings"
)

// categories are those of Apple Podcasts, each with its subcategories; the spelling counts.
var categories = map[string]string{
	"Arts":                    "Books|Design|Fashion & Beauty|Food|Performing Arts|Visual Arts",
	"Business":                "Careers|Entrepreneurship|Investing|Management|Marketing|Non-Profit",
	"Comedy":                  "Comedy Interviews|Improv|Stand-Up",
	"Education":               "Courses|How To|Language Learning|Self-Improvement",
	"Fiction":                 "Comedy Fiction|Drama|Science Fiction",
	"Government":              "",
	"Health & Fitness":        "Alternative Health|Fitness|Medicine|Mental Health|Nutrition|Sexuality",
	"History":                 "",
	"Kids & Family":           "Education for Kids|Parenting|Pets & Animals|Stories for Kids",
	"Leisure":                 "Animation & Manga|Automotive|Aviation|Crafts|Games|Hobbies|Home & Garden|Video Games",
	"Music":                   "Music Commentary|Music History|Music Interviews",
	"News":                    "Business News|Daily News|Entertainment News|News Commentary|Politics|Sports News|Tech News",
	"Religion & Spirituality": "Buddhism|Christianity|Hinduism|Islam|Judaism|Religion|Spirituality",
	"Science":                 "Astronomy|Chemistry|Earth Sciences|Life Sciences|Mathematics|Natural Sciences|Nature|Physics|Social Sciences",
	"Society & Culture":       "Documentary|Personal Journals|Philosophy|Places & Travel|Relationships",
	"Sports":                  "Baseball|Basketball|Cricket|Fantasy Sports|Football|Golf|Hockey|Rugby|Running|Soccer|Swimming|Tennis|Volleyball|Wilderness|Wrestling",
	"TV & Film":               "After Shows|Film History|Film Interviews|Film Reviews|TV Reviews",
	"Technology":              "",
	"True Crime":              "",
}

// former are categories that Apple took away in 2019.
var former = map[string]string{
	"Arts":                       "Fashion & Beauty|Literature",
	"Business":                   "Business News|Finance|Management & Marketing|News|Shopping",
	"Education":                  "Education Technology|Higher Education|K-12|Language Courses|Training",
	"Family":                     "",
	"Games & Hobbies":            "Automotive|Aviation|Hobbies|Other Games|Video Games",
	"Government & Organizations": "Local|National|Non-Profit|Regional",
	"Health":                     "Alternative Health|Diet & Nutrition|Fitness|Fitness & Nutrition|Relationships|Self-Help|Sexuality",
	"International":              "Australian|Belgian|Brazilian|Canadian|Chinese|Dutch|French|German|Hebrew|Italian|Japanese|Norwegian|Polish|Portuguese|Spanish|Swedish",
	"Movies & Television":        "",
	"News & Politics":            "",
	"Religion & Spirituality":    "New Age|Other|Philosophy",
	"Science & Medicine":         "Medicine|Natural Sciences|Social Sciences",
	"Society & Culture":          "History",
	"Sports & Recreation":        "Amateur|College & High School|Outdoor|Professional",
	"Technology":                 "Computers|Developers|Gadgets|Information Technology|News|Operating Systems|Podcasting|Smart Phones|Software How-To|Tech News|Text/Speech",
	"Talk Radio":                 "", "Transportation": "", "Travel": "", "Food": "", "Public Radio": "",
}

// Category judges a category of Apple Podcasts; within is the one around it, "" at the top.
func Category(name, within string) string {
	switch {
	case hasCategory(categories, name, within):
		return ""
	case hasCategory(former, name, within):
		return "ObsoleteItunesCategory"
	}
	return "InvalidItunesCategory"
}

func hasCategory(list map[string]string, name, within string) bool {
	if within == "" {
		_, ok := list[name]
		return ok
	}
	return slices.Contains(strings.Split(list[within], "|"), name) && name != ""
}
