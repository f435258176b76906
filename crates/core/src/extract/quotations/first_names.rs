//! First names that are nearly always a man's or a woman's, for pronouns. Names of both are left out.

/// Women's.
pub(super) const FEMALE: &str = "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty \
 Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura \
 Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn \
 Janet Catherine Maria Heather Diane Ruth Julie Olivia Joyce Virginia Victoria Kelly Lauren Christina Joan Evelyn Judith \
 Megan Andrea Cheryl Hannah Jacqueline Martha Gloria Teresa Ann Anne Sara Madison Frances Kathryn Janice Jean Abigail \
 Alice Julia Judy Sophia Grace Denise Amber Doris Marilyn Danielle Beverly Isabella Theresa Diana Natalie Brittany \
 Charlotte Marie Kayla Alexis Lori Hillary Condoleezza Angela Theresa Ursula Christine Kamala Melania Ivanka Michelle \
 Madeleine Nikki Elena Olga Tatiana Natalia Svetlana Irina Ekaterina Anastasia Oksana Yulia Valentina Lyudmila Fatima \
 Ayşe Emine Elif Zeynep Fatma Meral Tansu Leyla Giorgia Federica Carla Sofia Isabel Carmen Lucia Francesca Chiara Ingrid \
 Astrid Greta Sanna Mette Erna Magdalena Katarzyna Beata Annalena Sahra Claudia Petra Sabine Monika Ségolène Marine \
 Benazir Indira Sonia Priya Aung Park-Geun Tsai Mei Yuki Naomi Sakura Jacinda Julia Penny Priscilla Liz Kate Jane Nina Eva \
 Tina Kim-Yo Wendy Peggy Sally Debbie Cathy Kathy Judy Becky Molly Lucy Ella Chloe Claire Eleanor Caroline Josephine";

/// Men's.
pub(super) const MALE: &str = "James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew \
 Anthony Mark Donald Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob \
 Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond \
 Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Christian Walter Keith \
 Austin Roger Terry Sean Gerald Carl Dylan Harold Jordan Jesse Bryan Lawrence Arthur Gabriel Bruce Logan Billy Joe Alan \
 Juan Elijah Willie Albert Wayne Randy Vincent Mason Roy Ralph Bobby Russell Bradley Philip Eugene Barack Bill Bernie Ted \
 Mitt Vladimir Sergei Sergey Dmitry Dmitri Mikhail Boris Igor Ivan Nikolai Aleksandr Alexei Viktor Volodymyr Yuri Oleg \
 Andrei Konstantin Pavel Recep Hakan Mevlüt Ahmet Mehmet Mustafa Abdullah Süleyman Numan Ömer Ali Hasan Hussein Mohammed \
 Muhammad Mohammad Ahmed Mahmoud Ibrahim Omar Yusuf Khalid Bashar Hassan Karim Tariq Benjamin Yitzhak Ehud Ariel Moshe \
 Emmanuel François Nicolas Jacques Jean-Claude Olaf Helmut Gerhard Frank-Walter Wolfgang Klaus Hans Jürgen Heiko Silvio \
 Matteo Mario Giuseppe Paolo Marco Carlos Luis Pedro Antonio Miguel Fernando Rafael Javier Diego Nicolás Ilham Nikol \
 Serzh Heydar Irakli Mikheil Petro Narendra Imran Nawaz Xi Shinzo Yoshihide Jens Anders Lars Erik Bjarne Viktor Donald \
 Mike Jim Tom Bob Dan Steve Dave Chris Matt Greg Jeff Tim Ben Sam Ken Ron Jimmy Tony Harry Louis Simon Martin Oliver Leon \
 Max Rudy Newt Rick Randolph Antony Lloyd Ashton Colin Dick Neil Brett Clarence Reince Corey Rand Jeb Hugh Stuart Gordon";
